package points.gateway.http;

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
import points.gateway.http.Problem.Code;
import points.ledger.command.Refusal;
import points.ledger.member.Profile;
import points.ledger.member.Profiles;
import points.ledger.member.Profiles.Change;
import points.ledger.member.Profiles.Identifier;
import points.ledger.member.Profiles.IdentifierTakenException;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.registry.SetupRequests.Answer;

/** {@code /v1/members}: who the members are. */
final class MemberRoutes {

  private static final Map<String, Identifier> IDENTIFIERS =
      Map.of(
          "phone", Identifier.PHONE,
          "cardNumber", Identifier.CARD_NUMBER,
          "openId", Identifier.OPEN_ID);

  private static final Map<String, String> COLUMNS =
      Map.of("phone", "phone", "cardNumber", "card_number", "openId", "open_id");

  private final Profiles profiles;
  private final Phones phones;
  private final Setup setup;

  MemberRoutes(Profiles profiles, Phones phones, Setup setup) {
    this.profiles = profiles;
    this.phones = phones;
    this.setup = setup;
  }

  void mount(Api api) {
    api.post("/v1/members", Permission.SERVE, this::enrol);
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
    api.patch("/v1/members/:memberId", Permission.SERVE, this::patch);
  }

  private void enrol(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    String programId = Guard.caller(ctx).programId();
    String memberId = input.body().id("memberId");
    Change change = change(input.body(), false, phones, programId);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    var member = new MemberKey(programId, memberId);
    Fingerprint content = Fingerprint.of("member").and(memberId);
    for (String column : List.of("phone", "card_number", "open_id", "name")) {
      content.and(change.columns().getOrDefault(column, Optional.empty()).orElse(null));
    }
    Reply.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            content,
            transaction -> enrol(ctx, transaction, member, phones.kept(programId, change))));
  }

  private Future<Answer> enrol(
      RoutingContext ctx, SqlClient transaction, MemberKey member, Change change) {
    return profiles
        .enrol(transaction, member, change)
        .map(
            enrolled ->
                enrolled
                    .map(profile -> Answer.first(201, json(profile).toBuffer()))
                    .orElseGet(() -> Setup.refusal(ctx, exists(member))));
  }

  static Problem exists(MemberKey member) {
    return Problem.of(
        Code.MEMBER_EXISTS, "The program has a member " + member.memberId() + " already.");
  }

  private void get(RoutingContext ctx) {
    MemberKey member = Guard.member(ctx);
    if (member == null) {
      Reply.memberNotFound(ctx);
      return;
    }
    Reply.when(ctx, profiles.find(member), found -> reply(ctx, found));
  }

  private void find(RoutingContext ctx) {
    Query query = Query.of(ctx);
    List<String> given = IDENTIFIERS.keySet().stream().filter(it -> query.get(it) != null).toList();
    if (given.isEmpty()) {
      list(ctx, query);
      return;
    }
    if (given.size() > 1 || query.get("cursor") != null || query.get("limit") != null) {
      query.wrong(given.get(0), "must be the only parameter");
      Reply.problem(ctx, query.problem());
      return;
    }
    String name = given.get(0);
    String value = String.valueOf(query.get(name));
    boolean isPhone = identifier(name) == Identifier.PHONE;
    if (isPhone
        ? !Text.isReadable(value, Text.ID_LENGTH_MAX)
        : !Text.isVisibleAscii(value, Text.ID_LENGTH_MAX)) {
      query.wrong(name, "must be 1 to 64 " + (isPhone ? "characters" : "visible ASCII characters"));
      Reply.problem(ctx, query.problem());
      return;
    }
    String programId = Guard.caller(ctx).programId();
    Reply.when(
        ctx,
        isPhone
            ? profiles.find(programId, phones.wanted(programId, value))
            : profiles.find(programId, identifier(name), value),
        found -> Reply.json(ctx, 200, Page.whole(found.stream().toList(), MemberRoutes::json)));
  }

  /** All members: for head office and reports, not for tills. */
  private void list(RoutingContext ctx, Query query) {
    int limit = query.limit();
    String after = query.idPosition();
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
    } else if (!Permission.READ_CHAIN.isGivenTo(Guard.caller(ctx).role())) {
      Reply.problem(
          ctx, Code.FORBIDDEN, "A key of role store finds members by phone, cardNumber or openId.");
    } else {
      Reply.when(
          ctx,
          profiles.page(Guard.caller(ctx).programId(), after, limit + 1),
          found ->
              Reply.json(ctx, 200, Page.of(found, limit, MemberRoutes::json, Profile::memberId)));
    }
  }

  private void patch(RoutingContext ctx) {
    Input input = Input.ofPatch(ctx);
    String programId = Guard.caller(ctx).programId();
    Change change = phones.kept(programId, change(input.body(), true, phones, programId));
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    MemberKey member = Guard.member(ctx);
    if (member == null) {
      Reply.memberNotFound(ctx);
      return;
    }
    Reply.when(ctx, profiles.change(member, change), found -> changed(ctx, found));
  }

  /**
   * The fields that were given, as they were written.
   *
   * @param clears whether a null clears the field
   */
  static Change change(Fields body, boolean clears, Phones phones, String programId) {
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
      columns.put("name", Optional.ofNullable(body.optionalReadable("name", Text.NAME_LENGTH_MAX)));
    }
    return new Change(columns);
  }

  private static void changed(RoutingContext ctx, Optional<Profile> found) {
    Refusal ended = found.map(MemberRoutes::ended).orElse(null);
    if (ended == null) {
      reply(ctx, found);
    } else {
      Reply.problem(ctx, Refusals.problem(ended));
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
        profile -> Reply.json(ctx, 200, json(profile)), () -> Reply.memberNotFound(ctx));
  }

  static Problem problem(IdentifierTakenException taken) {
    return Problem.at(
        Code.IDENTIFIER_TAKEN, "/" + field(taken.identifier()), "is another member's already");
  }

  private static Identifier identifier(String field) {
    return Optional.ofNullable(IDENTIFIERS.get(field)).orElseThrow();
  }

  private static String field(Identifier identifier) {
    return IDENTIFIERS.entrySet().stream()
        .filter(it -> it.getValue() == identifier)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject json(Profile profile) {
    var json =
        new JsonObject()
            .put("memberId", profile.memberId())
            .put("status", EntryJson.label(profile.status()));
    EntryJson.putIfThere(json, "mergedInto", profile.mergedInto());
    EntryJson.putIfThere(json, "phone", profile.phone());
    EntryJson.putIfThere(json, "cardNumber", profile.cardNumber());
    EntryJson.putIfThere(json, "openId", profile.openId());
    EntryJson.putIfThere(json, "name", profile.name());
    return json.put("enrolledAt", profile.enrolledAt().toString())
        .put("updatedAt", profile.updatedAt().toString());
  }
}
