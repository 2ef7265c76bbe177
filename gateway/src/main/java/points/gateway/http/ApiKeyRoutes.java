package points.gateway.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import points.gateway.access.ApiKey;
import points.gateway.access.ApiKeys;
import points.gateway.access.ApiKeys.NewKey;
import points.gateway.access.Permission;
import points.gateway.access.Role;
import points.gateway.http.Problem.Code;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Stores;

/** {@code /v1/api-keys}: who may call. */
final class ApiKeyRoutes {

  private static final Map<String, Role> ROLES =
      Arrays.stream(Role.values()).collect(Collectors.toMap(Role::label, role -> role));

  private final ApiKeys keys;
  private final Setup setup;
  private final Scope scope;

  ApiKeyRoutes(ApiKeys keys, Stores stores, Setup setup) {
    this.keys = keys;
    this.setup = setup;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/api-keys", Permission.RUN_PROGRAM, this::create);
    api.get("/v1/api-keys", Permission.RUN_PROGRAM, this::list, "cursor", "limit");
    api.delete("/v1/api-keys/:keyId", Permission.RUN_PROGRAM, this::revoke);
  }

  private void create(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    String name = body.readable("name", Text.NAME_LENGTH_MAX);
    Role role = body.oneOf("role", ROLES);
    String storeId = body.optionalId("storeId");
    if (role == Role.STORE && !body.has("storeId")) {
      body.wrong("storeId", "is required for a key of role store");
    } else if ((role == Role.ADMIN || role == Role.OPERATOR) && body.has("storeId")) {
      body.wrong("storeId", "must be left out: such a key is bound to no store");
    }
    if (input.isWrong() || role == null) {
      Reply.problem(ctx, input.problem());
      return;
    }
    if (role == Role.OPERATOR && Guard.caller(ctx).role() != Role.OPERATOR) {
      Reply.problem(ctx, Code.FORBIDDEN, "Only an operator makes a key of role operator.");
      return;
    }
    var wanted = new NewKey(Guard.caller(ctx).programId(), name, role, storeId);
    scope.check(ctx, storeId, () -> create(ctx, input.key(), wanted));
  }

  private void create(RoutingContext ctx, String idempotencyKey, NewKey wanted) {
    Fingerprint content =
        Fingerprint.of("api-key")
            .and(wanted.name())
            .and(wanted.role().label())
            .and(wanted.storeId());
    String key = keys.newKey();
    Reply.answer(
        ctx,
        setup.once(
            ctx,
            idempotencyKey,
            content,
            transaction ->
                keys.create(transaction, wanted, key)
                    .map(made -> Answer.first(201, json(made).put("key", key).toBuffer()))));
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
        keys.page(Guard.caller(ctx).programId(), after, limit + 1),
        found -> Reply.json(ctx, 200, Page.of(found, limit, ApiKeyRoutes::json, ApiKey::keyId)));
  }

  private void revoke(RoutingContext ctx) {
    String keyId = String.valueOf(ctx.pathParam("keyId"));
    if (!Text.isId(keyId)) {
      Reply.problem(ctx, Code.NOT_FOUND, "The program has no such key.");
      return;
    }
    Reply.when(ctx, keys.revoke(Guard.caller(ctx), keyId), revocation -> reply(ctx, revocation));
  }

  private static void reply(RoutingContext ctx, ApiKeys.Revocation revocation) {
    switch (revocation) {
      case DONE -> Reply.nothing(ctx);
      case NOT_FOUND -> Reply.problem(ctx, Code.NOT_FOUND, "The program has no such key.");
      case OPERATORS_ONLY ->
          Reply.problem(ctx, Code.FORBIDDEN, "Only an operator ends a key of role operator.");
      case LAST_OPERATOR ->
          Reply.problem(ctx, Code.LAST_OPERATOR_KEY, "Make another operator's key first.");
    }
  }

  private static JsonObject json(ApiKey key) {
    var json =
        new JsonObject()
            .put("keyId", key.keyId())
            .put("name", key.name())
            .put("role", key.role().label());
    EntryJson.putIfThere(json, "storeId", key.storeId());
    json.put("createdAt", key.createdAt().toString());
    if (key.revokedAt() != null) {
      json.put("revokedAt", key.revokedAt().toString());
    }
    return json;
  }
}
