package points.gateway.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.gateway.http.Problem.Code;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Store;
import points.ledger.registry.Stores;

/** {@code /v1/stores}: the shops of the chain. */
final class StoreRoutes {

  private final Stores stores;
  private final Setup setup;

  StoreRoutes(Stores stores, Setup setup) {
    this.stores = stores;
    this.setup = setup;
  }

  void mount(Api api) {
    api.post("/v1/stores", Permission.RUN_PROGRAM, this::create);
    api.get("/v1/stores", Permission.READ_CHAIN, this::list, "cursor", "limit");
    api.get("/v1/stores/:storeId", Permission.READ_CHAIN, this::get);
  }

  private void create(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    String storeId = input.body().id("storeId");
    String name = input.body().readable("name", Text.NAME_LENGTH_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    String programId = Guard.caller(ctx).programId();
    Reply.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            Fingerprint.of("store").and(storeId).and(name),
            transaction ->
                stores
                    .create(transaction, programId, storeId, name)
                    .map(
                        created ->
                            created
                                .map(store -> Answer.first(201, json(store).toBuffer()))
                                .orElseGet(() -> Setup.refusal(ctx, exists(storeId))))));
  }

  private static Problem exists(String storeId) {
    return Problem.of(Code.STORE_EXISTS, "The program has a store " + storeId + " already.");
  }

  private void get(RoutingContext ctx) {
    String storeId = String.valueOf(ctx.pathParam("storeId"));
    if (!Text.isId(storeId)) {
      Reply.problem(ctx, notFound());
      return;
    }
    Reply.when(
        ctx,
        stores.find(Guard.caller(ctx).programId(), storeId),
        found ->
            found.ifPresentOrElse(
                store -> Reply.json(ctx, 200, json(store)), () -> Reply.problem(ctx, notFound())));
  }

  private static Problem notFound() {
    return Problem.of(Code.NOT_FOUND, "The program has no such store.");
  }

  private void list(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    String after = query.idPosition();
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    Reply.when(
        ctx,
        stores.page(Guard.caller(ctx).programId(), after, limit + 1),
        found -> Reply.json(ctx, 200, Page.of(found, limit, StoreRoutes::json, Store::storeId)));
  }

  private static JsonObject json(Store store) {
    return new JsonObject()
        .put("storeId", store.storeId())
        .put("name", store.name())
        .put("createdAt", store.createdAt().toString());
  }
}
