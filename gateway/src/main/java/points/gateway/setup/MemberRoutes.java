package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.QueryParameters;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.command.Refusal;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.member.Profile;
import points.ledger.member.Profiles;
import points.ledger.member.Profiles.Change;
import points.ledger.member.Profiles.Identifier;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.trail.TrailChange;

/** {@code /v1/members}: enrols members, and reads and changes their profiles. */
public final class MemberRoutes {

  private static final Map<String, Identifier> IDENTIFIERS =
      Map.of(
          "phone", Identifier.PHONE,
          "cardNumber", Identifier.CARD_NUMBER,
          "openId", Identifier.OPEN_ID);

  private static final Map<String, String> COLUMNS =
      Map.of("phone", "phone", "cardNumber", "card_number", "openId", "open_id");

  private final Profiles profiles;
  private final PhoneField phones;
  private final IdempotentSetup setup;

  public MemberRoutes(Profiles profiles, PhoneField phones, IdempotentSetup setup) {
    this.profiles = profiles;
    this.phones = phones;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/members", Permission.KEEP_PROFILES, this::enrol);
    api.get(
        "/v1/members",
        Permission.READ,
        this::find,
        "phone",
        "cardNumber",
        "openId",
        "cursor",
        "limit");
    api.get("/v1/members/:memberId", Permission.READ, this::get);
    api.patch("/v1/members/:memberId", Permission.KEEP_PROFILES, this::patch);
  }

  private void enrol(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String programId = Authentication.caller(ctx).programId();
    String memberId = input.body().id("memberId");
    Change change = change(input.body(), false, phones, programId);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    var member = new MemberKey(programId, memberId);
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            change.addTo(Fingerprint.of("member").and(memberId)),
            transaction -> enrol(ctx, transaction, member, phones.normalized(programId, change))));
  }

  private Future<Answer> enrol(
      RoutingContext ctx, SqlClient transaction, MemberKey member, Change change) {
    return profiles
        .enrol(transaction, member, change)
        .map(
            enrolled ->
                enrolled
                    .map(profile -> Answer.first(201, json(profile).toBuffer()))
                    .orElseGet(() -> IdempotentSetup.refusal(ctx, exists(member))));
  }

  static Problem exists(MemberKey member) {
    return Problem.of(
        Code.MEMBER_EXISTS, "The program has a member " + member.memberId() + " already.");
  }

  private void get(RoutingContext ctx) {
    MemberKey member = Authentication.member(ctx);
    if (member == null) {
      Responses.memberNotFound(ctx);
      return;
    }
    Responses.when(ctx, profiles.find(member), found -> reply(ctx, found));
  }

  private void find(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    List<String> given = IDENTIFIERS.keySet().stream().filter(it -> query.get(it) != null).toList();
    if (given.isEmpty()) {
      list(ctx);
      return;
    }
    if (given.size() > 1 || query.get("cursor") != null || query.get("limit") != null) {
      query.wrong(given.get(0), FieldFault.ONLY_PARAMETER);
      Responses.problem(ctx, query.problem());
      return;
    }
    String name = given.get(0);
    String value = String.valueOf(query.get(name));
    boolean isPhone = identifier(name) == Identifier.PHONE;
    if (isPhone
        ? !Formats.isReadable(value, Formats.ID_LENGTH_MAX)
        : !Formats.isVisibleAscii(value, Formats.ID_LENGTH_MAX)) {
      query.wrong(
          name, isPhone ? FieldFault.LENGTH : FieldFault.VISIBLE_ASCII, Formats.ID_LENGTH_MAX);
      Responses.problem(ctx, query.problem());
      return;
    }
    String programId = Authentication.caller(ctx).programId();
    Responses.when(
        ctx,
        isPhone
            ? profiles.find(programId, phones.searchKey(programId, value))
            : profiles.find(programId, identifier(name), value),
        found -> Responses.json(ctx, 200, Page.whole(found.stream().toList(), MemberRoutes::json)));
  }

  /** Lists all members, for head office and reports, not for tills and not for one store. */
  private void list(RoutingContext ctx) {
    if (Authentication.caller(ctx).stores() != null
        && Authentication.caller(ctx).may(Permission.LIST_MEMBERS)) {
      Responses.problem(ctx, StoreScope.outOfScope(Authentication.caller(ctx)));
    } else if (!Authentication.caller(ctx).may(Permission.LIST_MEMBERS)) {
      Responses.problem(
          ctx,
          Code.FORBIDDEN,
          "A %s finds members by phone, cardNumber or openId."
              .formatted(Authentication.caller(ctx).describeRoles()));
    } else {
      Page.answer(ctx, profiles::page, MemberRoutes::json, Profile::memberId);
    }
  }

  private void patch(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofPatch(ctx);
    String programId = Authentication.caller(ctx).programId();
    Change change = phones.normalized(programId, change(input.body(), true, phones, programId));
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    MemberKey member = Authentication.member(ctx);
    if (member == null) {
      Responses.memberNotFound(ctx);
      return;
    }
    TrailChange changed = Authentication.change(ctx, "member.change", "member", member.memberId());
    Responses.when(
        ctx,
        profiles.change(
            member,
            change,
            (transaction, before, after) ->
                ChangedFields.of(personal(before), personal(after))
                    .masked()
                    .record(transaction, changed)),
        found -> changed(ctx, found));
  }

  /**
   * Returns the fields that were given, as they were written.
   *
   * @param clears whether a null clears the field
   */
  static Change change(JsonFields body, boolean clears, PhoneField phones, String programId) {
    var columns = new HashMap<String, Optional<String>>();
    for (Map.Entry<String, String> field : COLUMNS.entrySet()) {
      String name = field.getKey();
      if (clears && body.isNull(name)) {
        columns.put(field.getValue(), Optional.empty());
      } else if (body.has(name)) {
        columns.put(
            field.getValue(),
            Optional.ofNullable(
                name.equals("phone")
                    ? phones.read(body, programId)
                    : body.optionalIdentifier(name)));
      }
    }
    if (clears && body.isNull("name")) {
      columns.put("name", Optional.empty());
    } else if (body.has("name")) {
      columns.put(
          "name", Optional.ofNullable(body.optionalReadable("name", Formats.NAME_LENGTH_MAX)));
    }
    return new Change(columns);
  }

  /** Returns the fields that a change of a profile may change; none of nobody. */
  private static JsonObject personal(Optional<Profile> found) {
    return found.map(MemberRoutes::personal).orElseGet(JsonObject::new);
  }

  private static JsonObject personal(Profile profile) {
    return new JsonObject()
        .put("phone", profile.phone())
        .put("cardNumber", profile.cardNumber())
        .put("openId", profile.openId())
        .put("name", profile.name());
  }

  private static void changed(RoutingContext ctx, Optional<Profile> found) {
    Refusal ended = found.map(MemberRoutes::ended).orElse(null);
    if (ended == null) {
      reply(ctx, found);
    } else {
      Responses.problem(ctx, RefusalProblem.of(ended));
    }
  }

  private static @Nullable Refusal ended(Profile profile) {
    return switch (profile.status()) {
      case ACTIVE, FROZEN -> null;
      case CLOSED -> new Refusal.MemberClosed();
      case MERGED -> new Refusal.MemberMerged(String.valueOf(profile.mergedInto()));
    };
  }

  private static void reply(RoutingContext ctx, Optional<Profile> found) {
    found.ifPresentOrElse(
        profile -> Responses.json(ctx, 200, json(profile)), () -> Responses.memberNotFound(ctx));
  }

  private static Identifier identifier(String field) {
    return Optional.ofNullable(IDENTIFIERS.get(field)).orElseThrow();
  }

  private static JsonObject json(Profile profile) {
    var json =
        new JsonObject()
            .put("memberId", profile.memberId())
            .put("status", Formats.label(profile.status()));
    Formats.putUnlessNull(json, "mergedInto", profile.mergedInto());
    Formats.putUnlessNull(json, "phone", profile.phone());
    Formats.putUnlessNull(json, "cardNumber", profile.cardNumber());
    Formats.putUnlessNull(json, "openId", profile.openId());
    Formats.putUnlessNull(json, "name", profile.name());
    return json.put("enrolledAt", profile.enrolledAt().toString())
        .put("updatedAt", profile.updatedAt().toString());
  }
}
