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

/** Money paid in, with bonus and points for it, and orders that are paid with it. */
@WithGateway
class StoredValueIT {

  private static final String TOP_UPS = "/v1/stored-value/top-ups";
  private static final String PAYMENTS = "/v1/stored-value/payments";

  private final Chain chain;
  private final Caller admin;

  StoredValueIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    JsonObject steps =
        new JsonObject()
            .put("earning", Chain.earning(1, 1000, "floor"))
            .put(
                "bonuses",
                new JsonArray()
                    .add(new JsonObject().put("from", 10_000).put("bonus", 500))
                    .add(new JsonObject().put("from", 50_000).put("bonus", 5_000)));
    admin.put("/v1/program", Chain.rules().put("storedValue", steps)).json(200);
  }

  private JsonObject payment(String member, long amount) {
    return new JsonObject()
        .put("memberId", member)
        .put("storeId", "S1")
        .put("orderId", chain.newId("pay-"))
        .put("amount", amount);
  }

  private long stored(String member) {
    return chain.balance(member).getJsonObject("storedValue").getLong("available");
  }

  @Test
  void tops_up_with_bonus_and_points_and_enrols() {
    String member = chain.newId("rich-");
    JsonObject wanted = chain.topUpOf(member, 20_000);

    JsonObject answer = admin.post(TOP_UPS, wanted).json(201);

    answer.remove("recordedAt");
    answer.remove("occurredAt");
    assertThat(answer.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(20);
    answer.remove("lots");
    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .put("transactionId", member + "-1")
                .put("memberId", member)
                .put("storeId", "S1")
                .put("orderId", wanted.getString("orderId"))
                .put("sequence", 1)
                .put("amount", 20_000)
                .put("bonus", 500)
                .put("storedValueBalance", 20_500)
                .put("points", 20)
                .put("balance", 20));
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"9999, 0", "10000, 500", "49999, 500", "50000, 5000"})
  void gives_the_bonus_of_the_highest_step_that_is_reached(long amount, long bonus) {
    assertThat(chain.topUp(chain.newId("step-"), amount).getLong("bonus")).isEqualTo(bonus);
  }

  @Test
  void gives_the_bonus_that_the_till_says_instead() {
    String member = chain.newId("said-");
    JsonObject answer =
        admin.post(TOP_UPS, chain.topUpOf(member, 20_000).put("bonus", 0)).json(201);

    assertThat(answer.getLong("bonus")).isZero();
    assertThat(stored(member)).isEqualTo(20_000);
  }

  @Test
  void pays_all_or_nothing() {
    String member = chain.newId("payer-");
    chain.topUp(member, 5_000);

    JsonObject paid = admin.post(PAYMENTS, payment(member, 3_000)).json(201);
    JsonObject problem =
        admin.post(PAYMENTS, payment(member, 2_001)).isProblem(409, "insufficient_stored_value");

    assertThat(paid.getLong("amount")).isEqualTo(3_000);
    assertThat(paid.getLong("storedValueBalance")).isEqualTo(2_000);
    assertThat(problem.getLong("available")).isEqualTo(2_000);
    assertThat(chain.entries(member)).isEqualTo(2);
  }

  @Test
  void gives_the_first_answers_again_byte_for_byte_by_key_and_by_order() {
    String member = chain.newId("again-");
    JsonObject topUp = chain.topUpOf(member, 10_000);
    JsonObject payment = payment(member, 1_000);
    Answer first = admin.post(TOP_UPS, topUp);
    Answer paid = admin.post(PAYMENTS, payment);

    Answer again = admin.post(TOP_UPS, topUp);
    Answer paidAgain = admin.post(PAYMENTS, payment);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(paidAgain.isReplay()).isTrue();
    assertThat(paidAgain.body()).isEqualTo(paid.body());
    admin
        .post(TOP_UPS, topUp.copy().put("amount", 10_001))
        .isProblem(409, "order_already_processed");
    admin
        .post(PAYMENTS, payment.copy().put("amount", 1_001))
        .isProblem(409, "order_already_processed");
    assertThat(stored(member)).isEqualTo(9_500);
  }

  @Test
  void pays_an_order_with_points_and_stored_value_in_the_step_that_earns() {
    String member = chain.memberWith(600);
    chain.topUp(member, 5_000);
    JsonObject order =
        chain
            .order(member, 2_700)
            .put("pay", new JsonObject().put("points", 500).put("storedValue", 3_000));

    JsonObject preview = admin.postPlain("/v1/accruals/preview", order).json(200);
    Answer first = admin.post("/v1/accruals", order);
    Answer again = admin.post("/v1/accruals", order);

    JsonObject answer = first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(answer.getLong("points")).isEqualTo(27);
    assertThat(answer.getLong("balance")).isEqualTo(600 + 5 - 500 + 27);
    assertThat(answer.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(27);
    assertThat(answer.getJsonObject("paid"))
        .isEqualTo(new JsonObject().put("points", 500).put("storedValue", 3_000));
    assertThat(answer.getJsonArray("accounts"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("currency", "storedValue")
                        .put("points", -3_000)
                        .put("balance", 2_000)));
    for (String field : new String[] {"points", "balance", "paid", "accounts"}) {
      assertThat(preview.getValue(field)).isEqualTo(answer.getValue(field));
    }
    JsonObject balance = chain.balance(member);
    assertThat(balance.getLong("lifetimeSpent")).isEqualTo(500);
    assertThat(balance.getLong("lifetimeEarned")).isEqualTo(632);
  }

  @Test
  void earns_nothing_for_an_order_that_cannot_be_paid() {
    String member = chain.memberWith(10);
    JsonObject order = chain.order(member, 1_000);

    admin
        .post("/v1/accruals", order.copy().put("pay", new JsonObject().put("points", 11)))
        .isProblem(409, "insufficient_points");
    admin
        .post("/v1/accruals", order.copy().put("pay", new JsonObject().put("storedValue", 1)))
        .isProblem(409, "insufficient_stored_value");

    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void counts_an_order_that_only_pays_as_spent() {
    String member = chain.memberWith(10);

    JsonObject answer =
        admin
            .post(
                "/v1/accruals",
                chain.order(member, 0).put("pay", new JsonObject().put("points", 4)))
            .json(201);

    assertThat(answer.getLong("points")).isZero();
    assertThat(answer.getJsonArray("lots")).isEmpty();
    assertThat(answer.getLong("balance")).isEqualTo(6);
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isEqualTo(10);
    assertThat(chain.balance(member).getLong("lifetimeSpent")).isEqualTo(4);
  }

  @Test
  void adjusts_stored_value_by_hand() {
    String member = chain.memberWith(10);
    JsonObject wanted = Chain.adjustment(member, 700).put("currency", "storedValue");

    JsonObject given = admin.post("/v1/adjustments", wanted).json(201);
    JsonObject problem =
        admin
            .post("/v1/adjustments", wanted.copy().put("points", -701))
            .isProblem(409, "insufficient_stored_value");

    assertThat(given.getString("currency")).isEqualTo("storedValue");
    assertThat(given.getLong("points")).isEqualTo(700);
    assertThat(given.getLong("balance")).isEqualTo(700);
    assertThat(problem.getLong("available")).isEqualTo(700);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "top-ups  | /amount     | {\"amount\":0}",
        "top-ups  | /amount     | {\"amount\":1.5}",
        "top-ups  | /bonus      | {\"bonus\":-1}",
        "top-ups  | /occurredAt | {\"occurredAt\":\"yesterday\"}",
        "top-ups  | /orderId    | {\"orderId\":null}",
        "top-ups  | /reason     | {\"reason\":\"x\"}",
        "payments | /amount     | {\"amount\":0}",
        "payments | /amount     | {\"amount\":1000000000000001}",
        "payments | /orderId    | {\"orderId\":null}",
        "payments | /memberId   | {\"memberId\":\"-\"}",
        "payments | /bonus      | {\"bonus\":1}",
      })
  void names_the_field_that_is_wrong(String path, String pointer, String change) {
    JsonObject wanted =
        path.equals("top-ups") ? chain.topUpOf("m-bad", 100) : payment("m-bad", 100);

    admin
        .breaking()
        .post("/v1/stored-value/" + path, wanted.mergeIn(new JsonObject(change)))
        .isInvalid(pointer);

    assertThat(chain.entries("m-bad")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/pay             | {}",
        "/pay             | {\"points\":0,\"storedValue\":0}",
        "/pay             | []",
        "/pay/points      | {\"points\":-1,\"storedValue\":1}",
        "/pay/storedValue | {\"points\":1,\"storedValue\":\"1\"}",
        "/pay/coins       | {\"points\":1,\"coins\":1}",
      })
  void names_the_field_of_a_payment_in_an_order_that_is_wrong(String pointer, String pay) {
    String order = chain.order("m-bad", 100).encode().replaceFirst("}$", ",\"pay\":" + pay + "}");

    Answer answer =
        admin
            .breaking()
            .with("Idempotency-Key", Caller.newKey())
            .send("POST", "/v1/accruals", order);

    answer.isInvalid(pointer);
    assertThat(chain.entries("m-bad")).isZero();
  }

  @Test
  void refuses_strangers_frozen_members_and_unknown_stores() {
    String member = chain.newId("cold-");
    chain.topUp(member, 100);
    admin.post(PAYMENTS, payment("stranger", 1)).isProblem(404, "member_not_found");
    admin
        .post(TOP_UPS, chain.topUpOf(member, 1).put("storeId", "nowhere"))
        .isProblem(422, "unknown_store");
    admin
        .post("/v1/members/" + member + "/freeze", new JsonObject().put("reason", "stolen"))
        .json(200);

    admin.post(PAYMENTS, payment(member, 1)).isProblem(409, "member_frozen");
    admin.post(TOP_UPS, chain.topUpOf(member, 1)).isProblem(409, "member_frozen");
  }

  @Test
  void refuses_to_pass_the_limit_of_a_balance() {
    String member = chain.newId("full-");
    chain.topUp(member, 1);

    admin
        .post(TOP_UPS, chain.topUpOf(member, 1_000_000_000_000_000L))
        .isProblem(409, "balance_limit_exceeded");
  }
}
