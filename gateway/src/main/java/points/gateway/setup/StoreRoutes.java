package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.catalogue.Catalogue;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupChange;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Store;
import points.ledger.registry.Store.SetUp;
import points.ledger.registry.Stores;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/stores}: adds, lists and changes the stores of the chain. */
public final class StoreRoutes {

  private static final int TAGS_MAX = 20;

  private final Stores stores;
  private final Catalogue catalogue;
  private final IdempotentSetup setup;

  /**
   * @param catalogue announces changes by which orders are rated
   */
  public StoreRoutes(Stores stores, Catalogue catalogue, IdempotentSetup setup) {
    this.stores = stores;
    this.catalogue = catalogue;
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/stores", Permission.SET_UP, this::create);
    api.get("/v1/stores", Permission.READ_CHAIN, this::list, "cursor", "limit");
    api.get("/v1/stores/:storeId", Permission.READ_CHAIN, this::get);
    api.patch("/v1/stores/:storeId", Permission.SET_UP, this::change);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    String storeId = input.body().id("storeId");
    String name = input.body().readable("name", Formats.NAME_LENGTH_MAX);
    var wanted = new SetUp(name, tags(input.body()), timeZone(input.body()));
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String programId = Authentication.caller(ctx).programId();
    Future<Answer> answer =
        setup.once(
            ctx,
            input.key(),
            fingerprint(storeId, wanted),
            transaction ->
                stores
                    .create(transaction, programId, storeId, wanted)
                    .compose(
                        created ->
                            created
                                .map(store -> created(ctx, transaction, store))
                                .orElseGet(
                                    () ->
                                        Future.succeededFuture(
                                            IdempotentSetup.refusal(ctx, exists(storeId))))));
    Responses.answer(ctx, answer.compose(it -> catalogue.changed().map(it)));
  }

  private static List<String> tags(JsonFields body) {
    return body.has("tags") ? body.texts("tags", 0, TAGS_MAX) : List.of();
  }

  /** Reads the store's own zone; null for the program's. */
  private static @Nullable String timeZone(JsonFields body) {
    if (!body.has("timeZone") || body.isNull("timeZone")) {
      return null;
    }
    Set<String> known = ZoneId.getAvailableZoneIds();
    return body.known("timeZone", known::contains, FieldFault.TIME_ZONE);
  }

  /** A call of before there were tags and time zones has the fingerprint that it had. */
  private static Fingerprint fingerprint(String storeId, SetUp wanted) {
    Fingerprint print = Fingerprint.of("store").and(storeId).and(wanted.name());
    wanted.tags().forEach(tag -> print.and("tag").and(tag));
    return wanted.timeZone() == null ? print : print.and("timeZone").and(wanted.timeZone());
  }

  private static Future<Answer> created(RoutingContext ctx, SqlClient transaction, Store store) {
    TrailChange change = Authentication.change(ctx, "store.create", "store", store.storeId());
    JsonObject after = json(store);
    after.remove("storeId");
    after.remove("createdAt");
    return AuditTrail.append(transaction, change.with(null, after))
        .map(done -> Answer.first(201, json(store).toBuffer()));
  }

  private static Problem exists(String storeId) {
    return Problem.of(Code.STORE_EXISTS, "The program has a store " + storeId + " already.");
  }

  private void get(RoutingContext ctx) {
    String storeId = String.valueOf(ctx.pathParam("storeId"));
    if (!Formats.isId(storeId)) {
      Responses.problem(ctx, notFound());
      return;
    }
    Responses.when(
        ctx,
        stores.find(Authentication.caller(ctx).programId(), storeId),
        found ->
            found.ifPresentOrElse(
                store -> VersionTag.answer(ctx, json(store)),
                () -> Responses.problem(ctx, notFound())));
  }

  private void change(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofPatch(ctx);
    UnaryOperator<SetUp> wanted = patch(input.body());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String storeId = String.valueOf(ctx.pathParam("storeId"));
    if (!Formats.isId(storeId)) {
      Responses.problem(ctx, notFound());
      return;
    }
    TrailChange change = Authentication.change(ctx, "store.change", "store", storeId);
    Predicate<JsonObject> version = VersionTag.wantedBy(ctx);
    Responses.when(
        ctx,
        stores
            .change(
                Authentication.caller(ctx).programId(),
                storeId,
                wanted,
                before -> version.test(json(before)),
                (transaction, before, after) ->
                    ChangedFields.of(json(before), json(after)).record(transaction, change))
            .compose(result -> catalogue.changed().map(result)),
        result -> answer(ctx, result));
  }

  /** Reads a merge patch: fields that are left out stay as they are. */
  private static UnaryOperator<SetUp> patch(JsonFields body) {
    boolean hasName = body.has("name");
    boolean hasTags = body.has("tags");
    boolean hasZone = body.has("timeZone");
    String name =
        hasName || !(hasTags || hasZone) ? body.readable("name", Formats.NAME_LENGTH_MAX) : "";
    List<String> tags = tags(body);
    String timeZone = timeZone(body);
    return before ->
        new SetUp(
            hasName ? name : before.name(),
            hasTags ? tags : before.tags(),
            hasZone ? timeZone : before.timeZone());
  }

  private static void answer(RoutingContext ctx, SetupChange<Store> result) {
    if (result instanceof SetupChange.Done<Store> done) {
      VersionTag.answer(ctx, json(done.now()));
    } else if (result instanceof SetupChange.Outdated) {
      VersionTag.refuse(ctx);
    } else {
      Responses.problem(ctx, notFound());
    }
  }

  private static Problem notFound() {
    return Problem.of(Code.NOT_FOUND, "The program has no such store.");
  }

  private void list(RoutingContext ctx) {
    Page.answer(ctx, stores::page, StoreRoutes::json, Store::storeId);
  }

  private static JsonObject json(Store store) {
    return new JsonObject()
        .put("storeId", store.storeId())
        .put("name", store.setUp().name())
        .put("tags", new JsonArray(store.setUp().tags()))
        .put("timeZone", store.setUp().timeZone())
        .put("createdAt", store.createdAt().toString());
  }
}
