package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.setup.IdempotentSetup;
import points.gateway.staff.PasswordChange;
import points.gateway.staff.Staff;
import points.gateway.staff.StaffMember;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;

/** Help for people who cannot sign in: a password for once, and the end of a lock. */
public final class StaffResetRoutes {

  private static final Problem OWN_ACCOUNT =
      Problem.of(
          Code.OWN_ACCOUNT,
          "It is your own account: change its password and second factor with the current"
              + " password.");

  private final Staff staff;
  private final IdempotentSetup setup;

  public StaffResetRoutes(Staff staff, IdempotentSetup setup) {
    this.staff = staff;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.postWithOptionalBody(
        "/v1/staff/:staffId/password", Permission.MANAGE_STAFF, this::setPassword);
    api.postWithOptionalBody("/v1/staff/:staffId/unlock", Permission.MANAGE_STAFF, this::unlock);
  }

  private void setPassword(RoutingContext ctx) {
    String password = PasswordChange.oneTime();
    withOther(
        ctx,
        new Deed(
            "staff password",
            "staff.resetPassword",
            member ->
                member.byProvider() ? Optional.of(SessionRoutes.NO_PASSWORD) : Optional.empty(),
            (transaction, member) ->
                staff
                    .passwords()
                    .hash(password)
                    .compose(hash -> staff.passwords().setOneTime(transaction, member, hash))
                    .map(done -> Answer.first(201, oneTime(member, password)))));
  }

  private Buffer oneTime(StaffMember member, String password) {
    staff.sessions().forget();
    return new JsonObject().put("staffId", member.staffId()).put("password", password).toBuffer();
  }

  private void unlock(RoutingContext ctx) {
    withOther(
        ctx,
        new Deed(
            "staff unlock",
            "staff.unlock",
            member -> Optional.empty(),
            (transaction, member) ->
                staff
                    .passwords()
                    .unlock(transaction, member)
                    .map(done -> Answer.first(200, SessionJson.staff(member).toBuffer()))));
  }

  /**
   * Something that head office does with the account of another person.
   *
   * @param kind begins the fingerprint of the call
   * @param action its name in the audit trail
   * @param fault the problem of an account for which it cannot be done
   */
  private record Deed(
      String kind,
      String action,
      Function<StaffMember, Optional<Problem>> fault,
      BiFunction<SqlClient, StaffMember, Future<Answer>> work) {}

  /** Does something with the account that the path names, once for a key. */
  private void withOther(RoutingContext ctx, Deed deed) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.when(
        ctx,
        StaffRoutes.find(ctx, staff),
        found -> {
          Optional<Problem> fault =
              found.isEmpty()
                  ? Optional.of(StaffRoutes.NOT_FOUND)
                  : ownAccount(ctx, found.get()).or(() -> deed.fault().apply(found.get()));
          if (fault.isPresent()) {
            Responses.problem(ctx, fault.get());
          } else {
            once(ctx, input.key(), deed, found.get());
          }
        });
  }

  private void once(RoutingContext ctx, String key, Deed deed, StaffMember member) {
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            key,
            Fingerprint.of(deed.kind()).and(member.staffId()),
            transaction ->
                deed.work()
                    .apply(transaction, member)
                    .compose(
                        it -> StaffTrail.done(ctx, transaction, deed.action(), member).map(it))));
  }

  /**
   * Returns the problem of a person who would reset the own password, second factor or lock.
   *
   * <p>Otherwise an open session of head office, left alone, would give its finder the account, or
   * tries of the password without end.
   */
  static Optional<Problem> ownAccount(RoutingContext ctx, StaffMember member) {
    Credential caller = Authentication.caller(ctx);
    return caller.kind() == Credential.Kind.STAFF && caller.id().equals(member.staffId())
        ? Optional.of(OWN_ACCOUNT)
        : Optional.empty();
  }
}
