package points.gateway.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static points.gateway.contract.CannedExchange.accrual;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Chain;

/** The checker itself, on exchanges that are known to be good or bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  private final Vertx vertx = Vertx.vertx();
  private Contract contract;

  @BeforeAll
  void load() {
    contract = Contract.load(vertx);
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  @Test
  void aGoodExchangePasses() {
    accepts(accrual());
    accepts(get("/v1/members/1873/lots?limit=2&cursor=abc").answered(200, lots()));
    accepts(get("/v1/members?phone=%2B8613800000001").answered(200, emptyList()));
    accepts(get("/v1/transactions?storeId=1.5&orderId=7").answered(200, emptyList()));
    accepts(new CannedExchange("DELETE", "/v1/api-keys/key_mzxw6ytboi2gk3dp").answered(204, ""));
    accepts(accrual().answer("Content-Type", "application/json;charset=utf-8"));
    accepts(accrual().answer("Idempotent-Replayed", "true"));
  }

  @Test
  void anAnswerWithAFieldNobodyDescribedIsFound() {
    refuses(accrual().answerBody(b -> b.put("shard", 3)), "shard");
    refuses(
        accrual().answerBody(b -> b.getJsonArray("lots").getJsonObject(0).put("lotId", 1)),
        "lots/0/lotId");
    refuses(problem(409, "member_frozen").answerBody(b -> b.put("sql", "x")), "sql");
  }

  @Test
  void anAnswerWithoutARequiredFieldIsFound() {
    refuses(accrual().answerBody(b -> b.remove("balance")), "balance");
    refuses(problem(409, "insufficient_points", "/v1/deductions"), "available");
    refuses(problem(422, "invalid_request"), "errors");
  }

  @Test
  void anAnswerWithAWrongValueIsFound() {
    refuses(accrual().answerBody(b -> b.put("balance", -1)), "balance");
    refuses(accrual().answerBody(b -> b.put("balance", 12.0)), "balance");
    refuses(
        accrual().answerBody(b -> b.put("recordedAt", "2026-11-22T18:00:00+08:00")), "recorded");
    refuses(accrual().answerBody(b -> b.put("recordedAt", "2026-13-22T18:00:00Z")), "recordedAt");
    refuses(accrual().answered(201, "{"), "is not JSON");
    refuses(accrual().answered(201, ""), "body is missing");
  }

  @Test
  void aStatusThatIsNotInTheContractIsFound() {
    refuses(accrual().answered(202, "{}"), "status 202");
    refuses(get("/v1/members/1873").answered(409, "{}"), "status 409");
    refuses(get("/v1/unknown").answered(200, "{}"), "status 200");
  }

  @Test
  void aCodeThatDoesNotBelongToTheCallIsFound() {
    accepts(problem(409, "member_frozen"));
    refuses(problem(409, "already_frozen"), "code: already_frozen");
    refuses(problem(409, "member_frozen").answerBody(b -> b.put("status", 500)), "status: 500");
    refuses(problem(409, "member_frozen").answerBody(b -> b.put("retryable", true)), "retryable");
    refuses(
        problem(409, "member_frozen").answerBody(b -> b.put("type", "urn:points:problem:x")),
        "type is");
  }

  @Test
  void wrongHeadersAreFound() {
    refuses(accrual().answer("X-Request-Id", "r 1"), "X-Request-Id");
    refuses(accrual().answer("Content-Type", "text/plain"), "text/plain");
    refuses(accrual().answer("Idempotent-Replayed", "yes"), "Idempotent-Replayed");
    refuses(accrual().ask("X-Request-Id", "r-2"), "came back as r-1");
    refuses(problem(503, "overloaded").answerBody(b -> b.put("retryable", true)), "Retry-After");
    accepts(
        problem(503, "overloaded")
            .answerBody(b -> b.put("retryable", true))
            .answer("Retry-After", "1"));
    refuses(problem(409, "member_frozen").answer("X-Request-Id", "r-2"), "requestId is r-1");
  }

  @Test
  void pagesThatContradictThemselvesAreFound() {
    String page = new JsonObject(lots()).put("hasMore", true).encode();
    refuses(get("/v1/members/1873/lots").answered(200, page), "hasMore and nextCursor");
  }

  @Test
  void aCallThatIsNotInTheContractIsNotFoundOrNotAllowed() {
    accepts(get("/v1/unknown").problem(404, "not_found"));
    accepts(get("/v1/members/").problem(404, "not_found"));
    accepts(get("/v1/accruals").problem(405, "method_not_allowed").answer("Allow", "POST"));
    refuses(get("/v1/accruals").problem(404, "not_found"), "status 404");
    refuses(get("/v1/accruals").problem(405, "method_not_allowed"), "Allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12850.0",
        "1e3",
        "-1",
        "1000000000000001",
        "99999999999999999999",
        "\"1\"",
        "null"
      })
  void aBadAmountIsAcceptedByNobody(String amount) {
    CannedExchange bad = accrual();
    bad.requestBody = bad.requestBody.replace(":12850,", ":" + amount + ",");
    refuses(bad, "/amount");
    acceptsAsBad(bad.problem(422, "invalid_request").answerBody(ContractTest::withError));
  }

  @Test
  void aRequestThatWasAcceptedHasToConform() {
    refuses(accrual().askBody(b -> b.put("colour", "red")), "colour");
    refuses(accrual().askBody(b -> b.remove("orderId")), "orderId");
    refuses(accrual().ask("Idempotency-Key", "a b"), "Idempotency-Key");
    refuses(accrual().without("Idempotency-Key"), "Idempotency-Key is missing");
    refuses(accrual().without("Authorization"), "bearer key is missing");
    refuses(get("/v1/members/1873/lots?limit=201").answered(200, lots()), "limit");
    refuses(get("/v1/members/1873/lots?limit=x").answered(200, lots()), "whole number");
    refuses(get("/v1/members/1873/lots?limit=1&limit=2").answered(200, lots()), "repeated");
    refuses(get("/v1/members/1873/lots?page=1").answered(200, lots()), "page");
    refuses(get("/v1/members/a%20b/lots").answered(200, lots()), "memberId");
  }

  @Test
  void aRequestThatWasMeantToBeBadHasToBreakTheContract() {
    Exchange good = problem(409, "member_frozen").exchange().withBadRequest();
    assertThatThrownBy(() -> contract.check(good))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the contract permits it");
    Exchange accepted = accrual().askBody(b -> b.put("x", 1)).exchange().withBadRequest();
    assertThatThrownBy(() -> contract.check(accepted)).hasMessageContaining("the status is 201");
  }

  @ParameterizedTest
  @CsvSource({
    "P12M,true",
    "P120M,true",
    "P121M,false",
    "P0M,false",
    "P3650D,true",
    "P3651D,false",
    "P1Y,false",
    "P1M1D,false",
    "p1M,false"
  })
  void periodsHaveLimits(String period, boolean good) {
    CannedExchange put = new CannedExchange("PUT", "/v1/program");
    JsonObject program =
        new JsonObject()
            .put("name", "Corner Shops")
            .put("currency", "CNY")
            .put("timeZone", "Asia/Shanghai")
            .put(
                "earning",
                new JsonObject().put("points", 1).put("perAmount", 100).put("rounding", "floor"))
            .put("validity", new JsonObject().put("kind", "rolling").put("period", period))
            .put("autoEnrol", true);
    put.requestBody = program.encode();
    if (good) {
      program.mergeIn(Chain.terms()).put("programId", "default");
      String version = "\"5f0c1f6e-6f0b-3c7e-9a35-0f2c7d1b9e44\"";
      accepts(put.answered(200, program.encode()).answer("ETag", version));
    } else {
      acceptsAsBad(put.problem(422, "invalid_request").answerBody(ContractTest::withError));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "store,S1,true",
    "store,,false",
    "admin,,true",
    "admin,S1,false",
    "reader,,true",
    "operator,,true",
    "operator,S1,false"
  })
  void keysAreBoundAsTheirRoleSays(String role, String storeId, boolean good) {
    CannedExchange post = new CannedExchange("POST", "/v1/api-keys");
    JsonObject key = new JsonObject().put("name", "k").put("role", role);
    if (storeId != null) {
      key.put("storeId", storeId);
    }
    post.requestBody = key.encode();
    if (good) {
      key.put("keyId", "key_mzxw6ytboi2gk3dp").put("key", "pk_" + "a".repeat(43));
      accepts(post.answered(201, key.put("createdAt", "2026-11-22T10:00:00Z").encode()));
    } else {
      acceptsAsBad(post.problem(422, "invalid_request").answerBody(ContractTest::withError));
    }
  }

  private void accepts(CannedExchange canned) {
    assertThatCode(() -> contract.check(canned.exchange())).doesNotThrowAnyException();
  }

  private void acceptsAsBad(CannedExchange canned) {
    assertThatCode(() -> contract.check(canned.exchange().withBadRequest()))
        .doesNotThrowAnyException();
  }

  private void refuses(CannedExchange canned, String reason) {
    assertThatThrownBy(() -> contract.check(canned.exchange()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reason);
  }

  private static CannedExchange get(String uri) {
    return new CannedExchange("GET", uri);
  }

  private static CannedExchange problem(int status, String code) {
    return accrual().problem(status, code);
  }

  private static CannedExchange problem(int status, String code, String path) {
    CannedExchange canned = new CannedExchange("POST", path);
    canned.requestBody =
        new JsonObject()
            .put("memberId", "1873")
            .put("storeId", "S001")
            .put("points", 5)
            .put("reason", "gift")
            .encode();
    return canned.problem(status, code);
  }

  private static String lots() {
    JsonObject lot = new JsonObject().putNull("expiresAt").put("points", 20);
    return new JsonObject(emptyList())
        .put("items", new JsonArray().add(lot))
        .put("stale", false)
        .encode();
  }

  private static String emptyList() {
    return new JsonObject()
        .put("items", new JsonArray())
        .put("hasMore", false)
        .putNull("nextCursor")
        .encode();
  }

  private static void withError(JsonObject problem) {
    JsonObject error =
        new JsonObject().put("pointer", "/x").put("code", "required").put("message", "is wrong");
    problem.put("errors", new JsonArray().add(error));
  }
}
