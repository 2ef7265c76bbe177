package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Several point currencies of one member: earned, spent, adjusted, exchanged. */
@WithGateway
class ExchangesIT {

  private static final String EXCHANGES = "/v1/exchanges";

  private final Chain chain;
  private final Caller admin;

  ExchangesIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    JsonObject rules =
        Chain.rules()
            .put(
                "currencies",
                new JsonArray()
                    .add(Chain.currency("coins", null))
                    .add(Chain.currency("stars", Chain.earning(2, 100, "floor"))))
            .put("growth", new JsonObject().put("earning", Chain.earning(1, 10, "floor")))
            .put(
                "exchanges",
                new JsonArray()
                    .add(rate("points", "coins", 10, 1))
                    .add(rate("coins", "stars", 1, 3)));
    admin.put("/v1/program", rules).json(200);
  }

  private static JsonObject rate(String from, String to, long give, long get) {
    return new JsonObject().put("from", from).put("to", to).put("give", give).put("get", get);
  }

  private static JsonObject wanted(String member, String from, String to, long points) {
    return new JsonObject()
        .put("memberId", member)
        .put("storeId", "S1")
        .put("from", from)
        .put("to", to)
        .put("points", points);
  }

  private JsonObject account(String member, String currency) {
    return chain.balance(member).getJsonArray("accounts").stream()
        .map(it -> (JsonObject) it)
        .filter(it -> it.getString("currency").equals(currency))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void exchanges_at_the_rate_of_the_program() {
    String member = chain.memberWith(100);

    JsonObject answer = admin.post(EXCHANGES, wanted(member, "points", "coins", 70)).json(201);

    answer.remove("recordedAt");
    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .put("transactionId", member + "-2")
                .put("memberId", member)
                .put("storeId", "S1")
                .put("sequence", 2)
                .put("from", "points")
                .put("to", "coins")
                .put("points", 70)
                .put("received", 7)
                .put("fromBalance", 30)
                .put("toBalance", 7));
    JsonObject second = admin.post(EXCHANGES, wanted(member, "coins", "stars", 7)).json(201);
    assertThat(second.getLong("received")).isEqualTo(21);
    assertThat(second.getLong("fromBalance")).isZero();
    assertThat(account(member, "stars").getLong("available")).isEqualTo(200 + 21);
    assertThat(chain.balance(member).getLong("lifetimeSpent")).isZero();
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    Answer first = admin.post(EXCHANGES, key, wanted(member, "points", "coins", 10));

    Answer again = admin.post(EXCHANGES, key, wanted(member, "points", "coins", 10));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin
        .post(EXCHANGES, key, wanted(member, "points", "coins", 20))
        .isProblem(422, "idempotency_key_reused");
    assertThat(account(member, "coins").getLong("available")).isEqualTo(1);
  }

  @Test
  void refuses_an_exchange_that_the_program_has_no_rate_for() {
    String member = chain.memberWith(100);

    admin.post(EXCHANGES, wanted(member, "coins", "points", 10)).isProblem(409, "no_exchange_rate");
    admin.post(EXCHANGES, wanted(member, "points", "gold", 10)).isProblem(409, "no_exchange_rate");
    JsonObject whole =
        admin
            .post(EXCHANGES, wanted(member, "points", "coins", 15))
            .isProblem(409, "exchange_not_whole");
    JsonObject few =
        admin
            .post(EXCHANGES, wanted(member, "points", "coins", 110))
            .isProblem(409, "insufficient_points");
    admin
        .post(EXCHANGES, wanted("stranger", "points", "coins", 10))
        .isProblem(404, "member_not_found");

    assertThat(whole.getString("detail")).contains("10");
    assertThat(few.getLong("available")).isEqualTo(100);
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "from, ''",
    "to, a b",
    "to, '123456789012345678901234567890123'",
    "storeId, ''",
    "orderId, O-1",
    "memberId, ä",
  })
  void names_the_field_that_is_wrong(String field, String value) {
    admin
        .breaking()
        .post(EXCHANGES, wanted("m", "points", "coins", 10).put(field, value))
        .isInvalid("/" + field);
  }

  @Test
  void names_faults_that_a_schema_cannot_express() {
    admin.post(EXCHANGES, wanted("m", "points", "points", 10)).isInvalid("/to");
    admin.breaking().post(EXCHANGES, wanted("m", "points", "coins", 0)).isInvalid("/points");
  }

  @Test
  void lets_a_store_key_exchange_for_its_store_only() {
    String member = chain.memberWith(100);
    Caller till = chain.key("store", "S1");
    JsonObject nowhere = wanted(member, "points", "coins", 10);
    nowhere.remove("storeId");

    till.post(EXCHANGES, wanted(member, "points", "coins", 10)).json(201);
    till.post(EXCHANGES, nowhere).isProblem(403, "store_out_of_scope");
    till.post(EXCHANGES, nowhere.copy().put("storeId", "S2")).isProblem(403, "store_out_of_scope");
    admin.post(EXCHANGES, nowhere).json(201);
  }

  @Test
  void earns_growth_and_further_currencies_with_the_order() {
    JsonObject earned = chain.earn("several", 1_000);

    assertThat(earned.getLong("points")).isEqualTo(10);
    assertThat(earned.getJsonArray("accounts"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("currency", "growth")
                        .put("points", 100)
                        .put("balance", 100))
                .add(
                    new JsonObject()
                        .put("currency", "stars")
                        .put("points", 20)
                        .put("balance", 20)));
    JsonObject balance = chain.balance("several");
    assertThat(balance.getLong("growth")).isEqualTo(100);
    assertThat(balance.getJsonArray("accounts"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("currency", "stars")
                        .put("available", 20)
                        .put("held", 0)
                        .put("pending", 0)
                        .put("debt", 0)
                        .putNull("nextExpiry")));
    JsonObject entry = admin.get("/v1/members/several/entries").items().get(0);
    assertThat(entry.getJsonArray("accounts")).isEqualTo(earned.getJsonArray("accounts"));
  }

  @Test
  void spends_and_adjusts_another_currency() {
    String member = chain.memberWith(100);
    JsonObject spending = Chain.spending(member, 50).put("currency", "stars");

    Answer first = admin.post("/v1/deductions", spending.put("orderId", chain.newId("star-")));
    Answer again = admin.post("/v1/deductions", spending);
    JsonObject grown =
        admin
            .post("/v1/adjustments", Chain.adjustment(member, 5).put("currency", "growth"))
            .json(201);

    JsonObject spent = first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(spent.getString("currency")).isEqualTo("stars");
    assertThat(spent.getLong("points")).isEqualTo(50);
    assertThat(spent.getLong("balance")).isEqualTo(150);
    assertThat(spent.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(50);
    assertThat(grown.getLong("balance")).isEqualTo(1_005);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(100);
    admin
        .post("/v1/deductions", Chain.spending(member, 151).put("currency", "stars"))
        .isProblem(409, "insufficient_points");
    assertThat(admin.get("/v1/members/" + member + "/lots?currency=stars").items())
        .containsExactly(new JsonObject().putNull("expiresAt").put("points", 150));
    assertThat(admin.get("/v1/members/" + member + "/lots?currency=coins").items()).isEmpty();
    admin
        .breaking()
        .get("/v1/members/" + member + "/lots?currency=a%20b")
        .isProblem(400, "invalid_query");
  }

  @Test
  void refuses_a_currency_that_the_program_does_not_have() {
    String member = chain.memberWith(100);
    JsonObject problem =
        admin
            .post("/v1/deductions", Chain.spending(member, 1).put("currency", "gold"))
            .isProblem(422, "unknown_currency");
    admin
        .post("/v1/deductions", Chain.spending(member, 1).put("currency", "storedValue"))
        .isProblem(422, "unknown_currency");
    admin
        .post("/v1/adjustments", Chain.adjustment(member, 1).put("currency", "gold"))
        .isProblem(422, "unknown_currency");
    admin
        .breaking()
        .post("/v1/deductions", Chain.spending(member, 1).put("currency", ""))
        .isInvalid("/currency");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/currency");
    assertThat(chain.entries(member)).isEqualTo(1);
  }
}
