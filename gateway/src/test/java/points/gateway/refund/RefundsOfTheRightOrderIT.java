package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.WITHDRAW;
import static points.gateway.refund.RefundCalls.early;
import static points.gateway.refund.RefundCalls.hoursAgo;
import static points.gateway.refund.RefundCalls.sale;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.command.MemberEndsIT;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** A refund undoes the order that is meant, or none. */
@WithGateway
class RefundsOfTheRightOrderIT {

  private final Chain chain;
  private final Caller admin;
  private final RefundCalls refunds;

  RefundsOfTheRightOrderIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    this.refunds = new RefundCalls(chain);
  }

  @Test
  void an_unknown_number_is_refused_when_no_other_field_identifies_the_order() {
    JsonObject wanted = RefundsIT.refund(chain.order("m", 100), "R1");

    JsonObject problem = admin.post(REFUNDS, wanted).isProblem(404, "order_not_found");

    assertThat(problem.getString("detail")).contains("memberId", "soldAt");
    admin.postPlain(REFUNDS + "/preview", wanted).isProblem(404, "order_not_found");
    assertThat(refunds.listed(wanted)).isEmpty();
  }

  @Test
  void a_mistyped_number_never_meets_the_order_of_a_stranger() {
    JsonObject order = chain.order(chain.newId("stranger-"), 5_000);
    JsonObject ofMember = RefundsIT.refund(order, "R1").put("memberId", chain.memberWith(1));
    JsonObject ofReceipt =
        RefundsIT.refund(order, "R2")
            .put("sale", sale(Instant.now().minus(2, ChronoUnit.DAYS), 5_000));
    admin.post(REFUNDS, ofMember).json(201);
    admin.post(REFUNDS, ofReceipt).json(201);
    order.put("occurredAt", Instant.now().minus(1, ChronoUnit.HOURS).toString());

    admin.post("/v1/accruals", order).json(201);

    refunds.awaitARoundAfter();
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    assertThat(refunds.listed(order))
        .extracting(it -> it.getString("status"))
        .containsOnly("parked");
    admin
        .post(REFUNDS, RefundsIT.refund(order, "R3").put("memberId", chain.memberWith(1)))
        .isProblem(409, "order_mismatch");
  }

  @Test
  void a_sale_that_was_made_after_the_refund_is_another() {
    String member = chain.newId("again-");
    JsonObject order = chain.order(member, 5_000);
    JsonObject wanted = early(order, "R1").put("occurredAt", hoursAgo(2));
    admin.post(REFUNDS, wanted).json(201);
    order.put("occurredAt", hoursAgo(1));

    admin.post("/v1/accruals", order).json(201);

    refunds.awaitARoundAfter();
    assertThat(chain.entries(member)).isEqualTo(1);
    JsonObject late = early(order, "R2").put("occurredAt", hoursAgo(2));
    JsonObject problem = admin.post(REFUNDS, late).isProblem(409, "order_mismatch");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/occurredAt");
    admin.post(REFUNDS, late.put("occurredAt", hoursAgo(0))).json(201);
  }

  @Test
  void its_receipt_identifies_the_order() {
    Instant soldAt = Instant.parse("2026-03-04T05:06:07Z");
    JsonObject order = chain.order(chain.newId("receipt-"), 5_000);
    order.put("occurredAt", "2026-03-04T05:06:37.123Z");
    JsonObject wanted = RefundsIT.refund(order, "R1").put("sale", sale(soldAt, 5_000));
    admin.post(REFUNDS, wanted.put("amount", 1_000)).json(201);
    admin.post("/v1/accruals", order).json(201);
    refunds.awaitARoundAfter();
    assertThat(chain.balance(order.getString("memberId")).getLong("available")).isEqualTo(40);

    mismatch(RefundsIT.refund(order, "R2").put("sale", sale(soldAt, 5_001)), "/sale/amount");
    mismatch(
        RefundsIT.refund(order, "R2").put("sale", sale(soldAt.minusSeconds(31), 5_000)),
        "/sale/soldAt");
    mismatch(RefundsIT.refund(order, "R2").put("memberId", "nobody"), "/memberId");
    admin.post(REFUNDS, RefundsIT.refund(order, "R2").put("sale", sale(soldAt, 5_000))).json(201);
  }

  @Test
  void its_member_may_have_been_merged_into_another() {
    String source = chain.newId("source-");
    JsonObject order = chain.order(source, 5_000);
    admin.post("/v1/accruals", order).json(201);
    String target = chain.memberWith(1);
    admin.post("/v1/members/" + source + "/merge", MemberEndsIT.into(target)).json(201);

    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 2_500);
    admin.post(REFUNDS, half.copy().put("memberId", source)).json(201);
    admin.post(REFUNDS, half.put("refundId", "R2").put("memberId", target)).json(201);

    assertThat(chain.balance(target).getLong("available")).isEqualTo(1);
  }

  /** A till knows the member that it rang up, and head office where the sale belongs. */
  @Test
  void its_sale_may_have_moved_to_another() {
    String wrong = chain.memberWith(7);
    String right = chain.memberWith(3);
    JsonObject order = chain.order(wrong, 5_000);
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    var move = new JsonObject().put("memberId", right).put("operator", "amy");
    admin.post("/v1/transactions/" + sale + "/move", move).json(201);

    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 2_500);
    JsonObject first = admin.post(REFUNDS, half.copy().put("memberId", wrong)).json(201);
    JsonObject second =
        admin.post(REFUNDS, half.copy().put("refundId", "R2").put("memberId", right)).json(201);

    assertThat(List.of(first, second))
        .extracting(it -> it.getString("memberId"))
        .containsOnly(right);
    assertThat(chain.balance(right).getLong("available")).isEqualTo(3);
    assertThat(chain.balance(wrong).getLong("available")).isEqualTo(7);
  }

  /** Who moved it is no member of the order, though a member may be called so. */
  @Test
  void an_operator_of_head_office_is_not_its_member() {
    String wrong = chain.memberWith(7);
    JsonObject order = chain.order(wrong, 5_000);
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    var move = new JsonObject().put("memberId", chain.memberWith(3)).put("operator", "amy");
    admin.post("/v1/transactions/" + sale + "/move", move).json(201);

    mismatch(RefundsIT.refund(order, "R1").put("memberId", "amy"), "/memberId");
  }

  @Test
  void names_each_field_that_is_wrong() {
    JsonObject wanted = RefundsIT.refund(chain.order("m", 1), "R1");
    Caller bad = admin.breaking();
    bad.post(REFUNDS, wanted.copy().put("sale", new JsonObject()))
        .isInvalid("/sale/soldAt", "/sale/amount");
    bad.post(REFUNDS, wanted.copy().put("memberId", "")).isInvalid("/memberId");
    bad.post(REFUNDS, wanted.copy().put("occurredAt", "yesterday")).isInvalid("/occurredAt");
    admin
        .post(
            REFUNDS,
            wanted.copy().put("sale", sale(Instant.now(), 1)).put("occurredAt", hoursAgo(3)))
        .isInvalid("/occurredAt");
    bad.post(WITHDRAW, new JsonObject()).isInvalid("/storeId", "/orderId", "/refundId");
  }

  private void mismatch(JsonObject wanted, String pointer) {
    JsonObject problem = admin.post(REFUNDS, wanted).isProblem(409, "order_mismatch");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo(pointer);
    admin.postPlain(REFUNDS + "/preview", wanted).isProblem(409, "order_mismatch");
  }
}
