package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.await;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.command.MemberEndsIT;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Orders in which several members took part: each has its own part back, in one request. */
@WithGateway
class RefundsOfSeveralIT {

  private final Chain chain;
  private final Caller admin;
  private final LocalGateway gateway;

  RefundsOfSeveralIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
    this.admin = chain.admin();
  }

  @Test
  void a_pool_that_paid_has_its_points_back_and_the_member_loses_the_points_earned() {
    String sharer = chain.memberWith(500);
    String pool = pool(sharer, 500);
    String member = chain.newId("earner-");
    JsonObject order = chain.order(member, 10_000);
    var paid = Chain.spending(sharer, 300).put("poolId", pool);
    admin.post("/v1/deductions", paid.put("orderId", order.getString("orderId"))).json(201);
    admin.post("/v1/accruals", order).json(201);

    JsonObject preview =
        admin.postPlain(REFUNDS + "/preview", RefundsIT.refund(order, "R1")).json(200);
    String key = Caller.newKey();
    Answer first = admin.post(REFUNDS, key, RefundsIT.refund(order, "R1"));
    JsonObject back = first.json(201);

    assertThat(back.getString("memberId")).isEqualTo(member);
    assertThat(back.getLong("pointsTakenBack")).isEqualTo(100);
    assertThat(back.getLong("pointsGivenBack")).isZero();
    assertThat(others(back)).containsExactly(pool + " 300");
    assertThat(others(preview)).containsExactly(pool + " 300");
    await(() -> available(pool) == 500);
    assertThat(available(member)).isZero();
    assertThat(admin.post(REFUNDS, key, RefundsIT.refund(order, "R1")).body())
        .isEqualTo(first.body());
    admin.post(REFUNDS, RefundsIT.refund(order, "R2")).isProblem(409, "order_already_refunded");
    JsonObject share = admin.get("/v1/members/" + pool + "/entries").items().get(0);
    assertThat(share.getString("kind")).isEqualTo("refund");
    assertThat(share.getJsonObject("detail").getString("shareOf")).isEqualTo(pool);
  }

  /** Any parts give each of them exactly what the whole gives. */
  @Test
  void parts_give_each_member_as_much_as_the_whole_gives() {
    String payer = chain.memberWith(1_000);
    String member = chain.newId("earner-");
    JsonObject order = sold(member, payer, 101);

    for (int part = 1; part <= 7; part++) {
      admin.post(REFUNDS, RefundsIT.refund(order, "R" + part).put("amount", 1_111)).json(201);
    }
    admin.post(REFUNDS, RefundsIT.refund(order, "R8")).json(201);

    await(() -> available(payer) == 1_000);
    assertThat(available(member)).isZero();
    admin
        .post(REFUNDS, RefundsIT.refund(order, "R9").put("amount", 1))
        .isProblem(409, "refund_exceeds_order");
    assertThat(chain.entries(payer)).isLessThanOrEqualTo(10);
  }

  @Test
  void two_cards_that_were_merged_later_have_it_back_as_one() {
    String card = chain.memberWith(200);
    String other = chain.newId("other-");
    JsonObject order = sold(other, card, 150);
    String target = chain.memberWith(1);
    admin.post("/v1/members/" + card + "/merge", MemberEndsIT.into(target)).json(201);
    admin.post("/v1/members/" + other + "/merge", MemberEndsIT.into(target)).json(201);
    assertThat(available(target)).isEqualTo(1 + 50 + 100);

    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 5_000);
    assertThat(others(admin.post(REFUNDS, half).json(201))).containsExactly(card + " 75");
    await(() -> available(target) == 1 + 50 + 50 + 75);
    admin.post(REFUNDS, RefundsIT.refund(order, "R2")).json(201);

    await(() -> available(target) == 1 + 200);
  }

  /** A share stands until it is reversed itself. */
  @Test
  void a_refund_that_is_reversed_gives_no_share_twice() {
    String payer = chain.memberWith(500);
    String member = chain.newId("earner-");
    JsonObject order = sold(member, payer, 300);
    JsonObject back = admin.post(REFUNDS, RefundsIT.refund(order, "R1")).json(201);
    await(() -> available(payer) == 500);
    reverse(back.getString("transactionId"));
    assertThat(available(member)).isEqualTo(100);

    JsonObject again = admin.post(REFUNDS, RefundsIT.refund(order, "R2")).json(201);

    assertThat(others(again)).isEmpty();
    assertThat(available(payer)).isEqualTo(500);
    assertThat(available(member)).isZero();
    String share =
        admin.get("/v1/members/" + payer + "/entries").items().get(0).getString("transactionId");
    reverse(share);
    assertThat(available(payer)).isEqualTo(200);
    assertThat(others(admin.post(REFUNDS, RefundsIT.refund(order, "R3")).json(201)))
        .containsExactly(payer + " 300");
    await(() -> available(payer) == 500);
  }

  @Test
  void a_closed_member_has_no_share_and_nothing_waits_for_it() {
    String payer = chain.memberWith(500);
    String member = chain.newId("earner-");
    JsonObject order = sold(member, payer, 300);
    var why = new JsonObject().put("operator", "Li Lei").put("reason", "asked for it");
    admin.post("/v1/members/" + payer + "/close", why).json(201);

    JsonObject back = admin.post(REFUNDS, RefundsIT.refund(order, "R1")).json(201);

    assertThat(others(back)).containsExactly(payer + " 300");
    String waiting =
        "SELECT count(*) FROM outbox WHERE program_id = '%s' AND member_id = '%s'"
            .formatted(chain.programId(), member);
    await(() -> number(waiting) == 0);
    assertThat(available(member)).isZero();
  }

  @Test
  void a_parked_refund_reaches_all_members_of_the_order() {
    String payer = chain.memberWith(500);
    String member = chain.newId("earner-");
    JsonObject order = chain.order(member, 10_000);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    pay(order, payer, 300);

    admin.post("/v1/accruals", order).json(201);

    await(() -> available(payer) == 500);
    assertThat(available(member)).isZero();
  }

  private long number(String sql) {
    try {
      return gateway.database().number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reverse(String transactionId) {
    var wanted =
        new JsonObject()
            .put("transactionId", transactionId)
            .put("operator", "Li Lei")
            .put("reason", "typed wrong");
    admin.post("/v1/reversals", wanted).json(201);
  }

  /** An order of 10,000, for which the one earns 100 and the other pays. */
  private JsonObject sold(String member, String payer, long points) {
    JsonObject order = chain.order(member, 10_000);
    pay(order, payer, points);
    admin.post("/v1/accruals", order).json(201);
    return order;
  }

  private void pay(JsonObject order, String payer, long points) {
    JsonObject deduction = Chain.spending(payer, points).put("orderId", order.getString("orderId"));
    admin.post("/v1/deductions", deduction).json(201);
  }

  /** Its points are those of a member of its name. */
  private String pool(String sharer, long points) {
    String pool = chain.newId("pool-");
    admin
        .post(
            "/v1/pools",
            new JsonObject()
                .put("poolId", pool)
                .put("name", "Family")
                .put("memberIds", new JsonArray().add(sharer)))
        .json(201);
    admin
        .post(
            "/v1/pools/" + pool + "/contributions",
            new JsonObject().put("memberId", sharer).put("points", points))
        .json(201);
    await(() -> available(pool) == points);
    return pool;
  }

  private long available(String member) {
    return chain.balance(member).getLong("available");
  }

  private static List<String> others(JsonObject answer) {
    return answer.getJsonArray("others", new JsonArray()).stream()
        .map(it -> (JsonObject) it)
        .map(
            it ->
                it.getString("memberId")
                    + " "
                    + it.getJsonArray("givenBack").getJsonObject(0).getLong("points"))
        .toList();
  }
}
