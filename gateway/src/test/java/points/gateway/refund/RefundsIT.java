package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.gateway.command.MemberEndsIT;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
public class RefundsIT {

  private static final String REFUNDS = "/v1/refunds";

  private final Chain chain;
  private final Caller admin;

  RefundsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void takes_back_the_points_of_a_whole_order() {
    String member = chain.newId("member-");
    JsonObject order = sell(member, 12_850);

    JsonObject back = admin.post(REFUNDS, refund(order, "R1")).json(201);

    assertThat(back.getString("memberId")).isEqualTo(member);
    assertThat(back.getLong("amount")).isEqualTo(12_850);
    assertThat(back.getLong("pointsTakenBack")).isEqualTo(128);
    assertThat(back.getLong("pointsGivenBack")).isZero();
    assertThat(back.getLong("debt")).isZero();
    assertThat(back.getBoolean("whole")).isTrue();
    assertThat(back.getLong("balance")).isZero();
    assertThat(back.getJsonArray("lines")).isEmpty();
    assertThat(admin.get("/v1/members/" + member + "/entries").items().get(0).getString("kind"))
        .isEqualTo("refund");
    admin.post(REFUNDS, refund(order, "R2")).isProblem(409, "order_already_refunded");
  }

  @Test
  void comes_back_line_by_line_until_nothing_is_left() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 1_000);
    order.put("lines", Chain.lines(Chain.line("1", 333), Chain.line("2", 667)));
    admin.post("/v1/accruals", order).json(201);

    JsonObject part = refund(order, "R1").put("lines", lines(line("1", 100L)));
    JsonObject first = admin.post(REFUNDS, part).json(201);
    JsonObject rest = refund(order, "R2").put("lines", lines(line("1", null), line("2", null)));
    JsonObject second = admin.post(REFUNDS, rest).json(201);

    assertThat(first.getLong("amount")).isEqualTo(100);
    assertThat(first.getJsonArray("lines").getJsonObject(0).getLong("amount")).isEqualTo(100);
    assertThat(first.getBoolean("whole")).isFalse();
    assertThat(second.getBoolean("whole")).isTrue();
    assertThat(first.getLong("pointsTakenBack") + second.getLong("pointsTakenBack")).isEqualTo(10);
    assertThat(second.getLong("balance")).isZero();
    assertThat(admin.get("/v1/transactions/" + member + "-3").json(200).getJsonArray("lines"))
        .as("without product and quantity, which the sale has")
        .isEqualTo(
            new JsonArray(
                """
                [{"lineId":"1","amount":233,"points":2},{"lineId":"2","amount":667,"points":8}]
                """));
  }

  @Test
  void gives_back_the_points_that_paid_the_order() {
    String member = chain.memberWith(50);
    JsonObject spending = Chain.spending(member, 20).put("orderId", chain.newId("order-"));
    admin.post("/v1/deductions", spending).json(201);
    admin
        .post(
            "/v1/accruals",
            chain.order(member, 1_000).put("orderId", spending.getString("orderId")))
        .json(201);

    JsonObject back = admin.post(REFUNDS, refund(spending, "R1")).json(201);

    assertThat(back.getLong("pointsGivenBack")).isEqualTo(20);
    assertThat(back.getLong("pointsTakenBack")).isEqualTo(10);
    assertThat(back.getLong("balance")).isEqualTo(50);
  }

  @Test
  void points_that_were_spent_already_are_owed() {
    String member = chain.newId("member-");
    JsonObject order = sell(member, 5_000);
    admin.post("/v1/deductions", Chain.spending(member, 30)).json(201);

    JsonObject back = admin.post(REFUNDS, refund(order, "R1")).json(201);

    assertThat(back.getLong("pointsTakenBack")).isEqualTo(50);
    assertThat(back.getLong("debt")).isEqualTo(30);
    assertThat(back.getJsonObject("shortfall").getLong("points")).isZero();
    chain.earn(member, 4_000);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
  }

  @Test
  void takes_lines_that_are_null_as_left_out() {
    JsonObject order = sell(chain.newId("member-"), 5_000);
    JsonObject whole = refund(order, "R1").putNull("lines");

    JsonObject part = admin.post(REFUNDS, whole.copy().put("amount", 2_500)).json(201);
    assertThat(part.getLong("amount")).isEqualTo(2_500);
    JsonObject rest = admin.post(REFUNDS, whole.copy().put("refundId", "R2")).json(201);
    assertThat(rest.getBoolean("whole")).isTrue();
  }

  @Test
  void shows_its_effect_beforehand_and_does_nothing() {
    String member = chain.newId("member-");
    JsonObject order = sell(member, 5_000);
    JsonObject wanted = refund(order, "R1").put("amount", 2_500);

    JsonObject preview = admin.postPlain(REFUNDS + "/preview", wanted).json(200);

    assertThat(preview.getLong("pointsTakenBack")).isEqualTo(25);
    assertThat(preview.getLong("balance")).isEqualTo(25);
    assertThat(chain.entries(member)).isEqualTo(1);
    JsonObject done = admin.post(REFUNDS, wanted).json(201);
    assertThat(done.remove("status")).isEqualTo("refunded");
    done.remove("transactionId");
    done.remove("sequence");
    done.remove("recordedAt");
    assertThat(done).isEqualTo(preview);
    admin
        .postPlain(REFUNDS + "/preview", refund(order.copy().put("orderId", "none"), "R1"))
        .isProblem(404, "order_not_found");
  }

  @Test
  void is_done_once_by_its_key_and_by_its_order_and_id() {
    String member = chain.newId("member-");
    JsonObject order = sell(member, 5_000);
    JsonObject wanted = refund(order, "R1").put("amount", 2_500);
    String key = Caller.newKey();
    Answer first = admin.post(REFUNDS, key, wanted);

    Answer again = admin.post(REFUNDS, key, wanted);
    Answer byId = admin.post(REFUNDS, wanted);

    first.json(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(byId.isReplay()).isTrue();
    assertThat(byId.body()).isEqualTo(first.body());
    admin
        .post(REFUNDS, key, wanted.copy().put("amount", 1))
        .isProblem(422, "idempotency_key_reused");
    admin.post(REFUNDS, wanted.copy().put("amount", 1)).isProblem(409, "order_already_processed");
    assertThat(chain.entries(member)).isEqualTo(2);
  }

  @Test
  void refuses_more_than_the_order_and_unknown_lines() {
    JsonObject order = chain.order(chain.newId("member-"), 1_000);
    order.put("lines", Chain.lines(Chain.line("1", 1_000)));
    admin.post("/v1/accruals", order).json(201);

    JsonObject problem =
        admin
            .post(REFUNDS, refund(order, "R1").put("amount", 1_001))
            .isProblem(409, "refund_exceeds_order");
    assertThat(problem.getLong("refundable")).isEqualTo(1_000);
    admin
        .post(REFUNDS, refund(order, "R1").put("lines", lines(line("1", 1_001L))))
        .isProblem(409, "refund_exceeds_order");
    admin
        .post(REFUNDS, refund(order, "R1").put("lines", lines(line("9", null))))
        .isProblem(422, "unknown_line");
  }

  @Test
  void follows_a_merged_member() {
    String source = chain.newId("member-");
    JsonObject order = sell(source, 5_000);
    String middle = chain.memberWith(1);
    String target = chain.memberWith(1);
    admin.post("/v1/members/" + source + "/merge", MemberEndsIT.into(middle)).json(201);
    admin.post("/v1/members/" + middle + "/merge", MemberEndsIT.into(target)).json(201);

    JsonObject preview = admin.postPlain(REFUNDS + "/preview", refund(order, "R1")).json(200);
    JsonObject back = admin.post(REFUNDS, refund(order, "R1")).json(201);

    assertThat(preview.getString("memberId")).isEqualTo(target);
    assertThat(back.getString("memberId")).isEqualTo(target);
    assertThat(back.getLong("balance")).isEqualTo(2);
  }

  @Test
  void names_each_field_that_is_wrong() {
    Caller bad = admin.breaking();
    JsonObject order = chain.order("m", 1);
    bad.post(REFUNDS, new JsonObject()).isInvalid("/storeId", "/orderId", "/refundId");
    bad.post(REFUNDS, refund(order, "R1").put("amount", 0)).isInvalid("/amount");
    bad.post(REFUNDS, refund(order, "R1").put("amount", 1).put("lines", lines(line("1", null))))
        .isInvalid("/amount");
    bad.post(REFUNDS, refund(order, "R1").put("lines", new JsonArray())).isInvalid("/lines");
    bad.post(REFUNDS, refund(order, "R1").put("lines", lines(line("1", 0L))))
        .isInvalid("/lines/0/amount");
    admin
        .post(REFUNDS, refund(order, "R1").put("lines", lines(line("1", 1L), line("1", 2L))))
        .isInvalid("/lines/1/lineId");
    bad.postPlain(REFUNDS + "/preview", new JsonObject())
        .isInvalid("/storeId", "/orderId", "/refundId");
    admin
        .post(REFUNDS, refund(order, "R1").put("storeId", "nowhere"))
        .isProblem(422, "unknown_store");
    chain
        .key("store", Chain.STORE)
        .post(REFUNDS, refund(order, "R1").put("storeId", "S9"))
        .isProblem(403, "store_out_of_scope");
  }

  private JsonObject sell(String member, long amount) {
    JsonObject order = chain.order(member, amount);
    admin.post("/v1/accruals", order).json(201);
    return order;
  }

  public static JsonObject refund(JsonObject order, String refundId) {
    return new JsonObject()
        .put("storeId", order.getString("storeId"))
        .put("orderId", order.getString("orderId"))
        .put("refundId", refundId);
  }

  private static JsonObject line(String lineId, @Nullable Long amount) {
    var line = new JsonObject().put("lineId", lineId);
    return amount == null ? line : line.put("amount", amount);
  }

  private static JsonArray lines(JsonObject... lines) {
    return Chain.lines(lines);
  }
}
