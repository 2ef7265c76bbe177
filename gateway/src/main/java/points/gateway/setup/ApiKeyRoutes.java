package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import points.gateway.access.ApiKey;
import points.gateway.access.ApiKeys;
import points.gateway.access.ApiKeys.NewKey;
import points.gateway.access.Permission;
import points.gateway.access.Role;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.Stores;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/api-keys}: issues, lists and revokes API keys. */
public final class ApiKeyRoutes {

  private static final Map<String, Role> ROLES =
      Arrays.stream(Role.values())
          .filter(role -> !role.isOfStaff())
          .collect(Collectors.toMap(Role::label, role -> role));

  private final ApiKeys keys;
  private final IdempotentSetup setup;
  private final StoreScope scope;

  public ApiKeyRoutes(ApiKeys keys, Stores stores, IdempotentSetup setup) {
    this.keys = keys;
    this.setup = setup;
    this.scope = new StoreScope(stores);
  }

  public void mount(ApiRouter api) {
    api.post("/v1/api-keys", Permission.MANAGE_KEYS, this::create);
    api.get("/v1/api-keys", Permission.READ_ACCESS, this::list, "cursor", "limit");
    api.delete("/v1/api-keys/:keyId", Permission.MANAGE_KEYS, this::revoke);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    JsonFields body = input.body();
    String name = body.readable("name", Formats.NAME_LENGTH_MAX);
    Role role = body.oneOf("role", ROLES);
    String storeId = body.optionalId("storeId");
    if (role == Role.STORE && !body.has("storeId")) {
      body.wrong("storeId", FieldFault.KEY_NEEDS_STORE);
    } else if ((role == Role.ADMIN || role == Role.OPERATOR) && body.has("storeId")) {
      body.wrong("storeId", FieldFault.KEY_HAS_NO_STORE);
    }
    if (input.isWrong() || role == null) {
      Responses.problem(ctx, input.problem());
      return;
    }
    if (role == Role.OPERATOR && !Authentication.caller(ctx).may(Permission.RUN_DEPLOYMENT)) {
      Responses.problem(ctx, Code.FORBIDDEN, "Only an operator makes a key of role operator.");
      return;
    }
    var newKey = new NewKey(Authentication.caller(ctx).programId(), name, role, storeId);
    scope.check(ctx, storeId, () -> create(ctx, input.key(), newKey));
  }

  private void create(RoutingContext ctx, String idempotencyKey, NewKey newKey) {
    Fingerprint content =
        Fingerprint.of("api-key")
            .and(newKey.name())
            .and(newKey.role().label())
            .and(newKey.storeId());
    String key = keys.newKey();
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            idempotencyKey,
            content,
            transaction ->
                keys.create(transaction, newKey, key)
                    .compose(made -> record(ctx, transaction, made))
                    .map(made -> Answer.first(201, json(made).put("key", key).toBuffer()))));
  }

  private static Future<ApiKey> record(RoutingContext ctx, SqlClient transaction, ApiKey made) {
    TrailChange change = Authentication.change(ctx, "key.create", "key", made.keyId());
    var after = new JsonObject().put("name", made.name()).put("role", made.role().label());
    Formats.putUnlessNull(after, "storeId", made.storeId());
    return AuditTrail.append(transaction, change.with(null, after)).map(made);
  }

  private void list(RoutingContext ctx) {
    Page.answer(ctx, keys::page, ApiKeyRoutes::json, ApiKey::keyId);
  }

  private void revoke(RoutingContext ctx) {
    String keyId = String.valueOf(ctx.pathParam("keyId"));
    if (!Formats.isId(keyId)) {
      Responses.problem(ctx, Code.NOT_FOUND, "The program has no such key.");
      return;
    }
    TrailChange change = Authentication.change(ctx, "key.revoke", "key", keyId);
    Responses.when(
        ctx,
        keys.revoke(
            Authentication.caller(ctx),
            keyId,
            transaction -> AuditTrail.append(transaction, change)),
        revocation -> reply(ctx, revocation));
  }

  private static void reply(RoutingContext ctx, ApiKeys.Revocation revocation) {
    switch (revocation) {
      case DONE -> Responses.noContent(ctx);
      case NOT_FOUND -> Responses.problem(ctx, Code.NOT_FOUND, "The program has no such key.");
      case OPERATORS_ONLY ->
          Responses.problem(ctx, Code.FORBIDDEN, "Only an operator ends a key of role operator.");
      case LAST_OPERATOR ->
          Responses.problem(ctx, Code.LAST_OPERATOR_KEY, "Make another operator's key first.");
    }
  }

  private static JsonObject json(ApiKey key) {
    var json =
        new JsonObject()
            .put("keyId", key.keyId())
            .put("name", key.name())
            .put("role", key.role().label());
    Formats.putUnlessNull(json, "storeId", key.storeId());
    json.put("createdAt", key.createdAt().toString());
    if (key.revokedAt() != null) {
      json.put("revokedAt", key.revokedAt().toString());
    }
    return json;
  }
}
