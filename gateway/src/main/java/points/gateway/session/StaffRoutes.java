package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import points.gateway.access.Permission;
import points.gateway.setup.IdempotentSetup;
import points.gateway.staff.Changed;
import points.gateway.staff.PasswordChange;
import points.gateway.staff.Staff;
import points.gateway.staff.StaffAccounts.Change;
import points.gateway.staff.StaffAccounts.NewStaff;
import points.gateway.staff.StaffMember;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.form.Formats;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Stores;

/** {@code /v1/staff}: the accounts of a program's people, kept by head office. */
public final class StaffRoutes {

  static final Problem NOT_FOUND = Problem.of(Code.NOT_FOUND, "The program has no such account.");

  private final Staff staff;
  private final Stores stores;
  private final IdempotentSetup setup;

  public StaffRoutes(Staff staff, Stores stores, IdempotentSetup setup) {
    this.staff = staff;
    this.stores = stores;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/staff", Permission.MANAGE_STAFF, this::create);
    api.get("/v1/staff", Permission.READ_ACCESS, this::list, "cursor", "limit");
    api.get("/v1/staff/:staffId", Permission.READ_ACCESS, this::get);
    api.patch("/v1/staff/:staffId", Permission.MANAGE_STAFF, this::change);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    var fields = StaffFields.of(input.body());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    var wanted =
        new NewStaff(
            Authentication.caller(ctx).programId(),
            fields.name(),
            fields.roles(),
            fields.stores(),
            fields.language());
    Fingerprint content = Fingerprint.of("staff").and(wanted.name()).and(fields.describe());
    String password = PasswordChange.oneTime();
    Responses.answer(
        ctx,
        StaffFields.unknownStore(stores, wanted.programId(), wanted.stores())
            .compose(
                unknown ->
                    unknown.isPresent()
                        ? Future.succeededFuture(IdempotentSetup.refusal(ctx, unknown.get()))
                        : staff
                            .passwords()
                            .hash(password)
                            .compose(
                                hash ->
                                    create(ctx, input.key(), content, wanted, password, hash))));
  }

  private Future<Answer> create(
      RoutingContext ctx,
      String key,
      Fingerprint content,
      NewStaff wanted,
      String password,
      String hash) {
    return setup.once(
        ctx,
        key,
        content,
        transaction ->
            staff
                .accounts()
                .create(transaction, wanted, hash)
                .compose(made -> StaffTrail.created(ctx, transaction, made))
                .map(
                    made ->
                        made.map(
                                it ->
                                    Answer.first(
                                        201,
                                        SessionJson.staff(it).put("password", password).toBuffer()))
                            .orElseGet(() -> IdempotentSetup.refusal(ctx, exists(wanted.name())))));
  }

  private static Problem exists(String name) {
    return Problem.at(Code.STAFF_EXISTS, "/name", "is the name of another account: " + name);
  }

  private void list(RoutingContext ctx) {
    Page.answer(ctx, staff.accounts()::page, SessionJson::staff, StaffMember::staffId);
  }

  private void get(RoutingContext ctx) {
    Responses.when(
        ctx,
        find(ctx, staff),
        found ->
            found.ifPresentOrElse(
                it -> Responses.json(ctx, 200, SessionJson.staff(it)),
                () -> Responses.problem(ctx, NOT_FOUND)));
  }

  /** Finds the account that the path names, in the caller's program. */
  static Future<Optional<StaffMember>> find(RoutingContext ctx, Staff staff) {
    String staffId = String.valueOf(ctx.pathParam("staffId"));
    return Formats.isId(staffId)
        ? staff.accounts().find(Authentication.caller(ctx).programId(), staffId)
        : Future.succeededFuture(Optional.empty());
  }

  private void change(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofPatch(ctx);
    StaffPatch patch = StaffPatch.of(input.body());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.when(
        ctx,
        find(ctx, staff),
        found -> {
          if (found.isEmpty()) {
            Responses.problem(ctx, NOT_FOUND);
          } else {
            change(ctx, found.get(), patch);
          }
        });
  }

  private void change(RoutingContext ctx, StaffMember before, StaffPatch patch) {
    Change change = patch.appliedTo(before);
    boolean isAsBefore = // an account of an older release may have roles that ask for stores now
        change.roles().equals(before.roles()) && Objects.equals(change.stores(), before.stores());
    Optional<Problem> fault =
        isAsBefore ? Optional.empty() : StaffFields.fault(change.roles(), change.stores());
    if (fault.isPresent()) {
      Responses.problem(ctx, fault.get());
      return;
    }
    Responses.when(
        ctx,
        StaffFields.unknownStore(stores, before.programId(), change.stores()),
        unknown -> {
          if (unknown.isPresent()) {
            Responses.problem(ctx, unknown.get());
          } else {
            Responses.when(
                ctx,
                staff
                    .accounts()
                    .change(before, change, patch.version(), StaffTrail.changed(ctx, before)),
                changed -> answer(ctx, changed));
          }
        });
  }

  private void answer(RoutingContext ctx, Changed changed) {
    if (changed instanceof Changed.Done done) {
      staff.sessions().forget();
      Responses.json(ctx, 200, SessionJson.staff(done.after()));
    } else if (changed instanceof Changed.NameTaken taken) {
      Responses.problem(ctx, exists(taken.name()));
    } else if (changed instanceof Changed.LastHeadOffice) {
      Responses.problem(
          ctx, Code.LAST_HEAD_OFFICE, "Make another account of head office active first.");
    } else {
      Responses.problem(
          ctx, Code.STAFF_CHANGED, "Somebody else changed the account. Read it again.");
    }
  }
}
