package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Orders that come back in parts: by one rule for every currency, sale by sale. */
@WithGateway
class RefundPartsIT {

  private static final String REFUNDS = "/v1/refunds";

  private final Chain chain;
  private final Caller admin;

  RefundPartsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    JsonObject stars = Chain.currency("stars", Chain.earning(1, 100, "floor"));
    JsonObject program =
        Chain.rules()
            .mergeIn(Chain.terms())
            .put("currencies", new JsonArray().add(stars))
            .put("growth", new JsonObject().put("earning", Chain.earning(1, 100, "floor")));
    admin.put("/v1/program", program).json(200);
  }

  private JsonObject sell(String member, JsonObject... lines) {
    long amount = IntStream.range(0, lines.length).mapToLong(i -> lines[i].getLong("amount")).sum();
    JsonObject order = chain.order(member, amount).put("lines", Chain.lines(lines));
    admin.post("/v1/accruals", order).json(201);
    return order;
  }

  private static JsonObject refund(JsonObject order, String refundId) {
    return RefundsIT.refund(order, refundId);
  }

  private static JsonObject ofLine(JsonObject order, String refundId, String lineId) {
    return refund(order, refundId)
        .put("lines", new JsonArray().add(new JsonObject().put("lineId", lineId)));
  }

  private static JsonObject account(JsonObject refund, String currency) {
    return refund.getJsonArray("accounts").stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("currency").equals(currency))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void small_lines_give_their_part_of_every_currency_and_the_answer_shows_all() {
    String member = chain.newId("member-");
    JsonObject[] lines =
        IntStream.range(0, 100).mapToObj(i -> Chain.line("l" + i, 100)).toArray(JsonObject[]::new);
    JsonObject order = sell(member, lines);
    JsonObject wanted = refund(order, "R1").put("amount", 9_900);

    JsonObject preview = admin.postPlain(REFUNDS + "/preview", wanted).json(200);
    JsonObject part = admin.post(REFUNDS, wanted).json(201);
    JsonObject rest = admin.post(REFUNDS, refund(order, "R2")).json(201);

    for (JsonObject one : new JsonObject[] {preview, part}) {
      assertThat(one.getLong("pointsTakenBack")).isEqualTo(99);
      assertThat(account(one, "growth").getLong("takenBack")).isEqualTo(99);
      assertThat(account(one, "stars").getLong("takenBack")).isEqualTo(99);
      assertThat(account(one, "stars").getLong("balance")).isEqualTo(1);
    }
    assertThat(rest.getLong("pointsTakenBack")).isEqualTo(1);
    assertThat(rest.getLong("growthTakenBack")).isEqualTo(1);
    assertThat(account(rest, "stars").getLong("takenBack")).isEqualTo(1);
  }

  @Test
  void a_refund_of_nothing_is_refused_in_the_preview_too() {
    JsonObject order = sell(chain.newId("member-"), Chain.line("a", 6_000), Chain.line("b", 4_000));
    admin.post(REFUNDS, ofLine(order, "R1", "a")).json(201);
    JsonObject again = ofLine(order, "R2", "a");
    assertThat(
            admin.post(REFUNDS, again).isProblem(409, "refund_exceeds_order").getLong("refundable"))
        .isZero();
    admin.postPlain(REFUNDS + "/preview", again).isProblem(409, "refund_exceeds_order");
    admin.post(REFUNDS, refund(order, "R3")).json(201);
    admin.post(REFUNDS, ofLine(order, "R4", "b")).isProblem(409, "order_already_refunded");
  }

  @Test
  void a_line_has_its_full_price_while_that_much_is_left() {
    JsonObject order = sell(chain.newId("member-"), Chain.line("a", 6_000), Chain.line("b", 4_000));
    admin.post(REFUNDS, refund(order, "R1").put("amount", 5_000)).json(201);
    JsonObject line = admin.post(REFUNDS, ofLine(order, "R2", "b")).json(201);
    JsonObject rest = admin.post(REFUNDS, ofLine(order, "R3", "a")).json(201);
    assertThat(line.getLong("amount")).isEqualTo(4_000);
    assertThat(rest.getLong("amount")).isEqualTo(1_000);
    assertThat(rest.getBoolean("whole")).isTrue();
    assertThat(rest.getLong("balance")).isZero();
  }

  @Test
  void one_of_three_gifts_comes_back_by_points() {
    String member = chain.memberWith(1_000);
    JsonObject gifts = Chain.spending(member, 900).put("orderId", chain.newId("order-"));
    admin.post("/v1/deductions", gifts).json(201);
    JsonObject wanted = refund(gifts, "R1").put("points", 300);

    JsonObject one = admin.post(REFUNDS, wanted).json(201);

    assertThat(one.getLong("pointsGivenBack")).isEqualTo(300);
    assertThat(one.getLong("balance")).isEqualTo(400);
    assertThat(admin.post(REFUNDS, wanted).isReplay()).isTrue();
    JsonObject more = refund(gifts, "R2").put("points", 601);
    assertThat(
            admin.post(REFUNDS, more).isProblem(409, "refund_exceeds_order").getLong("refundable"))
        .isEqualTo(600);
    JsonObject rest = admin.post(REFUNDS, refund(gifts, "R3")).json(201);
    assertThat(rest.getLong("pointsGivenBack")).isEqualTo(600);
  }

  @Test
  void points_are_refused_beside_money_and_for_unknown_orders() {
    JsonObject order = sell(chain.newId("member-"), Chain.line("a", 6_000));
    JsonObject wanted = refund(order, "R1").put("points", 1);
    admin.post(REFUNDS, wanted).isProblem(409, "refund_not_by_points");
    admin.postPlain(REFUNDS + "/preview", wanted).isProblem(409, "refund_not_by_points");
    admin
        .post(REFUNDS, wanted.copy().put("orderId", chain.newId("none-")))
        .isProblem(404, "order_not_found");
    Caller bad = admin.breaking();
    bad.post(REFUNDS, wanted.copy().put("amount", 1)).isInvalid("/points");
    bad.post(REFUNDS, wanted.copy().put("points", 0)).isInvalid("/points");
    bad.post(REFUNDS, refund(order, "R1").put("orderPart", "gift")).isInvalid("/orderPart");
  }

  @Test
  void goods_and_a_top_up_of_one_number_are_undone_each_by_itself() {
    String member = chain.newId("member-");
    JsonObject order = sell(member, Chain.line("a", 6_000), Chain.line("b", 4_000));
    JsonObject topUp = chain.topUpOf(member, 5_000).put("orderId", order.getString("orderId"));
    admin.post("/v1/stored-value/top-ups", topUp).json(201);

    JsonObject line = admin.post(REFUNDS, ofLine(order, "R1", "a")).json(201);
    JsonObject paidIn =
        admin.post(REFUNDS, refund(order, "R2").put("orderPart", "topUp")).json(201);

    assertThat(line.getLong("storedValueTakenBack")).isZero();
    assertThat(line.getString("orderPart")).isEqualTo("goods");
    assertThat(paidIn.getLong("storedValueTakenBack")).isEqualTo(5_000);
    assertThat(paidIn.getLong("pointsTakenBack")).isZero();
    assertThat(paidIn.getString("orderPart")).isEqualTo("topUp");
  }

  /** Sold so long ago that its points expired when it came in. */
  @Test
  void points_that_expired_unspent_are_neither_owed_nor_taken_from_other_lots() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 6_000).put("occurredAt", longAgo());
    JsonObject wrong = chain.order(member, 4_000).put("occurredAt", longAgo());
    admin.post("/v1/accruals", order).json(201);
    String booked = admin.post("/v1/accruals", wrong).json(201).getString("transactionId");
    chain.earn(member, 1_000);

    JsonObject back = admin.post(REFUNDS, refund(order, "R1")).json(201);
    JsonObject reversal =
        admin
            .post(
                "/v1/reversals",
                new JsonObject()
                    .put("transactionId", booked)
                    .put("operator", "li.na")
                    .put("reason", "wrong"))
            .json(201);

    assertThat(back.getLong("pointsTakenBack")).isEqualTo(60);
    assertThat(back.getLong("lapsed")).isEqualTo(60);
    assertThat(back.getLong("debt")).isZero();
    assertThat(back.getLong("balance")).isEqualTo(10);
    assertThat(reversal.getLong("debt")).isZero();
    assertThat(reversal.getLong("lapsed")).isEqualTo(40);
    assertThat(reversal.getLong("balance")).isEqualTo(10);
  }

  private static String longAgo() {
    return Instant.now().minus(400, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
