package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Who may make which call: keys, roles, stores. */
@WithGateway
class AccessIT {

  private static final String KEYS = "/v1/api-keys";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Map<String, Caller> byRole;

  AccessIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.byRole =
        Map.of(
            "admin", chain.admin(),
            "store", chain.key("store", Chain.STORE),
            "reader", chain.key("reader"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,   /v1/accruals,               admin store",
    "POST,   /v1/accruals/preview,       admin store",
    "POST,   /v1/deductions,             admin store",
    "POST,   /v1/adjustments,            admin",
    "POST,   /v1/holds,                  admin store",
    "GET,    /v1/holds/m-1,              admin store reader",
    "POST,   /v1/holds/m-1/capture,      admin store",
    "POST,   /v1/holds/m-1/release,      admin store",
    "POST,   /v1/pending/m-1/activate,   admin store",
    "POST,   /v1/pending/m-1/cancel,     admin store",
    "POST,   /v1/stored-value/top-ups,   admin store",
    "POST,   /v1/stored-value/payments,  admin store",
    "POST,   /v1/exchanges,              admin store",
    "POST,   /v1/refunds,                admin store",
    "POST,   /v1/refunds/preview,        admin store",
    "GET,    /v1/refunds/parked,         admin",
    "POST,   /v1/refunds/parked/withdraw, admin store",
    "POST,   /v1/reversals,              admin",
    "POST,   /v1/transfers,              admin store",
    "POST,   /v1/pools,                  admin store",
    "GET,    /v1/pools/p,                admin store reader",
    "DELETE, /v1/pools/p/members/m,      admin store",
    "POST,   /v1/pools/p/contributions,  admin store",
    "POST,   /v1/pools/p/withdrawals,    admin store",
    "GET,    /v1/reviews,                admin",
    "GET,    /v1/audit-trail,            admin",
    "GET,    /v1/system,                 admin",
    "GET,    /v1/reviews/1,              admin",
    "POST,   /v1/reviews/1/accept,       admin",
    "POST,   /v1/reviews/1/reject,       admin",
    "GET,    /v1/held-orders,            admin",
    "GET,    /v1/held-orders/1,          admin",
    "POST,   /v1/held-orders/1/accept,   admin",
    "POST,   /v1/held-orders/1/reject,   admin",
    "POST,   /v1/members/m/opening,      admin",
    "POST,   /v1/members/m/gifts,        admin",
    "POST,   /v1/members/m/merge,        admin",
    "POST,   /v1/members/m/close,        admin",
    "GET,    /v1/events,                 admin store reader",
    "GET,    /v1/figures,                admin store reader",
    "POST,   /v1/ratings,                admin store",
    "GET,    /v1/ratings,                admin store reader",
    "GET,    /v1/ratings/1,              admin store reader",
    "POST,   /v1/ratings/1/hide,         admin",
    "POST,   /v1/ratings/1/show,         admin",
    "GET,    /v1/liability,              admin reader",
    "POST,   /v1/members,                admin store",
    "GET,    /v1/members?phone=1,        admin store reader",
    "GET,    /v1/members/m,              admin store reader",
    "PATCH,  /v1/members/m,              admin store",
    "POST,   /v1/members/m/freeze,       admin",
    "POST,   /v1/members/m/unfreeze,     admin",
    "GET,    /v1/members/m/balance,      admin store reader",
    "GET,    /v1/members/m/entries,      admin store reader",
    "GET,    /v1/members/m/lots,         admin store reader",
    "GET,    /v1/members/m/tier,         admin store reader",
    "GET,    /v1/members/m/tier/history, admin store reader",
    "POST,   /v1/members/m/tier,         admin",
    "POST,   /v1/members/m/tier/withdraw, admin",
    "POST,   /v1/members/m/tier/upgrade, admin store",
    "GET,    /v1/members/m/expirations,  admin store reader",
    "GET,    /v1/members/m/proof,        admin reader",
    "GET,    /v1/expirations,            admin",
    "POST,   /v1/transactions/m-1/move,      admin store",
    "GET,    /v1/claims?storeId=S1,          admin store reader",
    "GET,    /v1/transactions/m-1,       admin store reader",
    "GET,    /v1/transactions?storeId=S1&orderId=1, admin store reader",
    "GET,    /v1/program,                admin reader",
    "PUT,    /v1/program,                admin",
    "POST,   /v1/rule-books,             admin",
    "GET,    /v1/rule-books,             admin reader",
    "GET,    /v1/rule-books/a,           admin reader",
    "GET,    /v1/rule-books/a/diff?from=b, admin reader",
    "PUT,    /v1/rule-books/a,           admin",
    "DELETE, /v1/rule-books/a,           admin",
    "POST,   /v1/rule-books/a/publish,   admin",
    "POST,   /v1/rule-books/a/withdraw,  admin",
    "POST,   /v1/rule-books/a/simulations, admin",
    "GET,    /v1/rule-books/a/simulations, admin reader",
    "GET,    /v1/rule-books/a/simulations/s, admin reader",
    "POST,   /v1/rule-books/a/simulations/s/cancel, admin",
    "POST,   /v1/rule-book-validation,   admin",
    "GET,    /v1/budgets,                admin reader",
    "GET,    /v1/budgets/b,              admin reader",
    "GET,    /v1/budgets/b/stores,       admin reader",
    "GET,    /v1/budgets/b/days,         admin reader",
    "GET,    /v1/rule-book-timeline,     admin reader",
    "POST,   /v1/rule-book-timeline/rollback, admin",
    "POST,   /v1/programs,               ''",
    "GET,    /v1/stores,                 admin reader",
    "GET,    /v1/stores/S1,              admin reader",
    "PATCH,  /v1/stores/S1,              admin",
    "GET,    /v1/products,               admin reader",
    "GET,    /v1/products/P-1,           admin reader",
    "PUT,    /v1/products/P-1,           admin",
    "GET,    /v1/members,                admin reader",
    "POST,   /v1/stores,                 admin",
    "GET,    /v1/api-keys,               admin",
    "POST,   /v1/api-keys,               admin",
    "DELETE, /v1/api-keys/key_aaaaaaaaaaaaaaaa, admin",
  })
  void lets_each_role_make_its_calls_and_no_others(String method, String path, String allowed) {
    for (Map.Entry<String, Caller> role : byRole.entrySet()) {
      String body = method.equals("GET") || method.equals("DELETE") ? null : "[]";
      Caller caller = role.getValue().with("Idempotency-Key", Caller.newKey());
      Caller bad = body == null ? caller : caller.breaking();

      Answer answer = bad.send(method, path, body);

      if (List.of(allowed.split(" ", -1)).contains(role.getKey())) {
        assertThat(answer.status()).as("%s as %s", path, role.getKey()).isIn(200, 400, 404);
      } else {
        answer.isProblem(403, "forbidden");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/program",
    "GET, /v1/stores",
    "GET, /v1/api-keys",
    "PUT, /v1/program",
    "POST, /v1/programs"
  })
  void lets_the_operator_run_its_own_program_and_make_others(String method, String path) {
    Caller operator = gateway.operator();

    Answer answer =
        method.equals("GET")
            ? operator.get(path)
            : operator.breaking().with("Idempotency-Key", Caller.newKey()).send(method, path, "[]");

    assertThat(answer.status()).isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic abc", "Bearer", "Bearer ", "Bearer pk_unknown", "Bearer ä", "pk"})
  void refuses_an_invalid_key(String authorization) {
    Caller nobody = chain.admin().without("Authorization");
    Caller caller = authorization.isEmpty() ? nobody : nobody.with("Authorization", authorization);

    Answer answer = caller.get("/v1/program");
    answer.isProblem(401, "unauthorized");
    caller.post("/v1/accruals", chain.order("m401", 100)).isProblem(401, "unauthorized");

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(chain.entries("m401")).isZero();
  }

  @Test
  void keeps_a_store_key_to_its_store() {
    chain.store("S2");
    Caller till = chain.key("store", Chain.STORE);
    chain.earn("scoped", 1000);
    JsonObject other = chain.order("scoped", 100).put("storeId", "S2");
    JsonObject earned = chain.admin().post("/v1/accruals", other).json(201);
    String orderId = other.getString("orderId");

    till.post("/v1/accruals", chain.order("scoped", 100)).json(201);
    till.post("/v1/deductions", Chain.spending("scoped", 1)).json(201);
    JsonObject elsewhere = chain.order("scoped", 100).put("storeId", "S2");
    till.post("/v1/accruals", elsewhere).isProblem(403, "store_out_of_scope");
    till.postPlain("/v1/accruals/preview", elsewhere).isProblem(403, "store_out_of_scope");
    till.post("/v1/accruals", elsewhere.copy().put("storeId", "none"))
        .isProblem(403, "store_out_of_scope");
    till.post("/v1/deductions", Chain.spending("scoped", 1).put("storeId", "S2"))
        .isProblem(403, "store_out_of_scope");
    for (Caller caller : List.of(till, chain.key("reader", "S1"))) {
      caller
          .get("/v1/transactions?storeId=S2&orderId=" + orderId)
          .isProblem(403, "store_out_of_scope");
      caller
          .get("/v1/transactions/" + earned.getString("transactionId"))
          .isProblem(403, "store_out_of_scope");
    }

    assertThat(chain.entries("scoped")).isEqualTo(4);
  }

  @Test
  void refuses_a_revoked_key_at_once() {
    JsonObject made = chain.admin().post(KEYS, wanted("reader")).json(201);
    Caller caller = gateway.caller(made.getString("key"));
    caller.get("/v1/program").json(200);

    assertThat(chain.admin().delete(KEYS + "/" + made.getString("keyId")).status()).isEqualTo(204);

    caller.get("/v1/program").isProblem(401, "unauthorized");
    assertThat(chain.admin().delete(KEYS + "/" + made.getString("keyId")).status()).isEqualTo(204);
    assertThat(listed(made.getString("keyId")).getString("revokedAt")).isNotNull();
  }

  @Test
  void leaves_operators_keys_to_operators_and_never_ends_the_last_one() {
    Caller operator = gateway.operator();
    String first =
        operator.get(KEYS + "?limit=200").items().stream()
            .filter(
                key -> key.getString("role").equals("operator") && !key.containsKey("revokedAt"))
            .map(key -> KEYS + "/" + key.getString("keyId"))
            .findFirst()
            .orElseThrow();
    Caller admin = gateway.caller(operator.post(KEYS, wanted("admin")).json(201).getString("key"));
    admin.post(KEYS, wanted("operator")).isProblem(403, "forbidden");
    admin.delete(first).isProblem(403, "forbidden");
    operator.delete(first).isProblem(409, "last_operator_key");

    JsonObject made = operator.post(KEYS, wanted("operator")).json(201);
    Caller second = gateway.caller(made.getString("key"));
    second.get("/v1/program").json(200);
    assertThat(second.delete(KEYS + "/" + made.getString("keyId")).status()).isEqualTo(204);

    second.get("/v1/program").isProblem(401, "unauthorized");
    operator.delete(first).isProblem(409, "last_operator_key");
  }

  @Test
  void lists_keys_without_the_keys() {
    JsonObject made = chain.admin().post(KEYS, wanted("store").put("storeId", "S1")).json(201);

    JsonObject listed = listed(made.getString("keyId"));

    String key = made.getString("key");
    made.remove("key");
    assertThat(listed).isEqualTo(made);
    assertThat(chain.admin().get(KEYS + "?limit=200").body()).doesNotContain(key);
  }

  private JsonObject listed(String keyId) {
    return chain.admin().get(KEYS + "?limit=200").items().stream()
        .filter(key -> key.getString("keyId").equals(keyId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void gives_a_new_key_again_to_its_maker_and_to_nobody_else() {
    String idempotencyKey = Caller.newKey();
    Answer first = chain.admin().post(KEYS, idempotencyKey, wanted("admin"));
    Caller second = gateway.caller(first.json(201).getString("key"));

    Answer again = chain.admin().post(KEYS, idempotencyKey, wanted("admin"));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    second.post(KEYS, idempotencyKey, wanted("admin")).isProblem(422, "idempotency_key_reused");
    chain
        .admin()
        .post(KEYS, idempotencyKey, wanted("reader"))
        .isProblem(422, "idempotency_key_reused");
  }

  @Test
  void names_the_field_of_a_key_that_is_wrong() {
    Caller bad = chain.admin().breaking();
    bad.post(KEYS, wanted("cashier")).isInvalid("/role");
    gateway
        .operator()
        .breaking()
        .post(KEYS, wanted("operator").put("storeId", "S1"))
        .isInvalid("/storeId");
    bad.post(KEYS, wanted("store")).isInvalid("/storeId");
    bad.post(KEYS, wanted("admin").put("storeId", "S1")).isInvalid("/storeId");
    bad.post(KEYS, wanted("reader").put("name", "")).isInvalid("/name");
    bad.post(KEYS, new JsonObject()).isInvalid("/name", "/role");
    bad.delete(KEYS + "/nonsense").isProblem(404, "not_found");
    chain
        .admin()
        .post(KEYS, wanted("store").put("storeId", "nowhere"))
        .isProblem(422, "unknown_store");
  }

  private static JsonObject wanted(String role) {
    return new JsonObject().put("name", "till").put("role", role);
  }
}
