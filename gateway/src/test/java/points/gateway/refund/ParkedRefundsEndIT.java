package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.WITHDRAW;
import static points.gateway.refund.RefundCalls.await;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** A refund that waits for a sale that does not come is withdrawn, or becomes a review. */
@WithGateway
class ParkedRefundsEndIT {

  private final Chain chain;
  private final Caller admin;
  private final RefundCalls refunds;
  private final LocalGateway gateway;

  ParkedRefundsEndIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.admin = chain.admin();
    this.refunds = new RefundCalls(chain);
    this.gateway = gateway;
  }

  @Test
  void shows_its_age_and_can_be_withdrawn_once() {
    JsonObject order = chain.order(chain.newId("withdrawn-"), 5_000);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    assertThat(refunds.listed(order).get(0).getLong("ageSeconds")).isBetween(0L, 60L);
    String key = Caller.newKey();
    Caller till = chain.key("store", Chain.STORE);

    Answer withdrawn = till.post(WITHDRAW, key, RefundsIT.refund(order, "R1"));
    Answer again = till.post(WITHDRAW, key, RefundsIT.refund(order, "R1"));
    Answer other = admin.post(WITHDRAW, RefundsIT.refund(order, "R1"));
    admin.post("/v1/accruals", order).json(201);
    refunds.awaitARoundAfter();

    assertThat(withdrawn.json(200).getString("status")).isEqualTo("withdrawn");
    assertThat(again.body()).isEqualTo(withdrawn.body());
    assertThat(again.isReplay()).isTrue();
    assertThat(other.body()).isEqualTo(withdrawn.body());
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    assertThat(refunds.listed(order, "withdrawn")).hasSize(1);
    assertThat(refunds.listed(order, "parked")).isEmpty();
    JsonObject another = chain.order(chain.newId("withdrawn-"), 5_000);
    admin.post(REFUNDS, early(another, "R1")).json(201);
    till.post(WITHDRAW, key, RefundsIT.refund(another, "R1"))
        .isProblem(422, "idempotency_key_reused");
    admin.post(WITHDRAW, RefundsIT.refund(another, "R2")).isProblem(404, "parked_refund_not_found");
    admin.breaking().get("/v1/refunds/parked?status=applied").isProblem(400, "invalid_query");
  }

  @Test
  void an_applied_refund_is_not_withdrawn() {
    JsonObject order = chain.order(chain.newId("applied-"), 5_000);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    admin.post("/v1/accruals", order).json(201);
    refunds.awaitARoundAfter();

    admin.post(WITHDRAW, RefundsIT.refund(order, "R1")).isProblem(409, "refund_not_waiting");

    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(2);
  }

  @Test
  void becomes_a_review_when_its_sale_does_not_come() throws SQLException {
    JsonObject order = chain.order(chain.newId("lapsed-"), 5_000);
    JsonObject wanted = early(order, "R1").put("terminalId", "T1").put("amount", 2_000);
    admin.post(REFUNDS, wanted).json(201);
    admin.post(REFUNDS, early(order, "R2").put("lines", lines())).json(201);
    assertThat(refunds.listed(order, "parked")).hasSize(2);

    age(order, 8);

    await(() -> refunds.listed(order, "lapsed").size() == 2);
    admin.post("/v1/accruals", order).json(201);
    refunds.awaitARoundAfter();
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    admin.post(WITHDRAW, RefundsIT.refund(order, "R1")).isProblem(409, "refund_not_waiting");
    JsonObject lapsed = refunds.listed(order, "lapsed").get(0);
    String review = "/v1/reviews/" + lapsed.getString("reviewId");
    assertThat(admin.get(review).json(200).getString("type")).isEqualTo("refund");
    String key = Caller.newKey();
    Answer accepted = admin.post(review + "/accept", key, decision());
    assertThat(accepted.json(200).getString("status")).isEqualTo("accepted");
    assertThat(admin.post(review + "/accept", key, decision()).body()).isEqualTo(accepted.body());
    assertThat(chain.balance(order.getString("memberId")).getLong("available")).isEqualTo(30);
    String second = "/v1/reviews/" + refunds.listed(order, "lapsed").get(0).getString("reviewId");
    assertThat(admin.post(second + "/reject", decision()).json(200).getString("status"))
        .isEqualTo("rejected");
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(2);
  }

  /** Its sale was seen, and it is with the ledger: what became of it is not known yet. */
  @Test
  void a_refund_that_is_being_applied_is_neither_withdrawn_nor_lapses() throws SQLException {
    JsonObject order = chain.order(chain.newId("taken-"), 5_000);
    for (String refundId : List.of("R1", "R2", "R3")) {
      admin.post(REFUNDS, early(order, refundId).put("amount", 1_000)).json(201);
    }
    set(order, "R1", "applying_at = now()");

    admin.post(WITHDRAW, RefundsIT.refund(order, "R1")).isProblem(409, "refund_not_waiting");
    admin.post(WITHDRAW, RefundsIT.refund(order, "R2")).json(200);
    age(order, 8);
    await(() -> refunds.listed(order, "lapsed").size() == 1);

    assertThat(refunds.listed(order))
        .extracting(it -> it.getString("refundId") + " " + it.getString("status"))
        .containsExactly("R1 applying", "R2 withdrawn", "R3 lapsed");
    admin.post("/v1/accruals", order).json(201);
    await(() -> chain.balance(order.getString("memberId")).getLong("available") == 40);
  }

  @Test
  void a_review_is_not_accepted_for_another_order_or_none() throws SQLException {
    JsonObject order = chain.order(chain.newId("stranger-"), 5_000);
    admin
        .post(REFUNDS, RefundsIT.refund(order, "R1").put("memberId", chain.memberWith(1)))
        .json(201);
    age(order, 8);
    await(() -> refunds.listed(order, "lapsed").size() == 1);
    String review = "/v1/reviews/" + refunds.listed(order, "lapsed").get(0).getString("reviewId");

    admin.post(review + "/accept", decision()).isProblem(404, "order_not_found");
    admin.post("/v1/accruals", order).json(201);
    admin.post(review + "/accept", decision()).isProblem(409, "order_mismatch");

    assertThat(admin.get(review).json(200).getString("status")).isEqualTo("review");
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
  }

  @Test
  void a_review_of_a_store_that_may_not_take_back_says_nothing_of_the_order() throws SQLException {
    chain.store("S2");
    refunds.setStores("any");
    JsonObject order = chain.order(chain.newId("stranger-"), 5_000);
    JsonObject wanted = RefundsIT.refund(order, "R1").put("memberId", chain.memberWith(1));
    admin.post(REFUNDS, wanted.put("refundStoreId", "S2")).json(201);
    age(order, 8);
    await(() -> refunds.listed(order, "lapsed").size() == 1);
    String review = "/v1/reviews/" + refunds.listed(order, "lapsed").get(0).getString("reviewId");
    refunds.setStores("selling");

    admin.post(review + "/accept", decision()).isProblem(409, "refund_store_not_allowed");
    admin.post("/v1/accruals", order).json(201);
    admin.post(review + "/accept", decision()).isProblem(409, "refund_store_not_allowed");
  }

  private static JsonArray lines() {
    return Chain.lines(new JsonObject().put("lineId", "7").put("amount", 7));
  }

  private static JsonObject decision() {
    return new JsonObject().put("operator", "Li Lei").put("reason", "the customer was here");
  }

  /** As if the refunds of an order had come so many days before. */
  private void age(JsonObject order, int days) throws SQLException {
    set(order, "%", "parked_at = now() - interval '%d days'".formatted(days));
  }

  private void set(JsonObject order, String refundIds, String values) throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE parked_refund SET %s WHERE order_id = '%s' AND refund_id LIKE '%s'"
                  .formatted(values, order.getString("orderId"), refundIds)
              + " AND program_id = '%s'".formatted(chain.programId()));
    }
  }
}
