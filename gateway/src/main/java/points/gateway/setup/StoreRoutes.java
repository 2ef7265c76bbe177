package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.function.Predicate;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.form.Formats;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupChange;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Store;
import points.ledger.registry.Stores;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/stores}: adds, lists and renames the stores of the chain. */
public final class StoreRoutes {

  private final Stores stores;
  private final IdempotentSetup setup;

  public StoreRoutes(Stores stores, IdempotentSetup setup) {
    this.stores = stores;
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
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    String programId = Authentication.caller(ctx).programId();
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            Fingerprint.of("store").and(storeId).and(name),
            transaction ->
                stores
                    .create(transaction, programId, storeId, name)
                    .compose(
                        created ->
                            created
                                .map(store -> created(ctx, transaction, store))
                                .orElseGet(
                                    () ->
                                        Future.succeededFuture(
                                            IdempotentSetup.refusal(ctx, exists(storeId)))))));
  }

  private static Future<Answer> created(RoutingContext ctx, SqlClient transaction, Store store) {
    TrailChange change = Authentication.change(ctx, "store.create", "store", store.storeId());
    return AuditTrail.append(
            transaction, change.with(null, new JsonObject().put("name", store.name())))
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
    String name = input.body().readable("name", Formats.NAME_LENGTH_MAX);
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
    Predicate<JsonObject> wanted = VersionTag.wantedBy(ctx);
    Responses.when(
        ctx,
        stores.rename(
            Authentication.caller(ctx).programId(),
            storeId,
            name,
            before -> wanted.test(json(before)),
            (transaction, before, after) ->
                ChangedFields.of(json(before), json(after)).record(transaction, change)),
        result -> answer(ctx, result));
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
        .put("name", store.name())
        .put("createdAt", store.createdAt().toString());
  }
}
