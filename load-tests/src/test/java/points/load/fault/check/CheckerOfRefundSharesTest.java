package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUND_SHARES_ARRIVE_ONCE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.model.Entry;

/** The rules about orders that one member pays and by which another earns. */
class CheckerOfRefundSharesTest {
  private static final Map<String, Long> NOBODY = Map.of();

  private final HistoryBuilder builder = new HistoryBuilder();
  private final SharedOrders sharedOrders = new SharedOrders(builder);

  @BeforeEach
  void give_both_members_points() {
    builder.accrues("b", "o8", 200);
    builder.accrues("m", "o9", 200);
  }

  @Test
  void a_refund_of_all_undoes_the_parts_of_both_members() {
    Entry sale = paysForOther(60);
    Entry refund = sharedOrders.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    sharedOrders.comesBack(refund, "b", "b", 60);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void parts_bring_back_parts_of_both() {
    Entry sale = paysForOther(50);
    sharedOrders.comesBack(
        sharedOrders.refunds(sale, "r1", 33, false, Map.of("b", 16L)), "b", "b", 16);
    sharedOrders.comesBack(
        sharedOrders.refunds(sale, "r2", 67, true, Map.of("b", 34L)), "b", "b", 34);
    builder.isRefused(
        new Operation.Refund("b", "S1", "o1", "r3", null, null), 1, "order_already_refunded", null);
    builder.isRefused(
        new Operation.Refund("b", "S1", "o1", "r4", null, null).ofPoints(5L),
        1,
        "refund_not_by_points",
        null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refund_for_a_member_without_a_part_may_be_refused_and_for_one_with_a_part_may_not() {
    paysForOther(50);
    builder.isRefused(
        new Operation.Refund("x", "S1", "o1", "r1", null, null), 1, "order_mismatch", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(
        new Operation.Refund("b", "S1", "o1", "r1", null, null), 1, "order_mismatch", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_unsold_line_is_unknown_and_its_order_is_not() {
    paysForOther(50);
    builder.isRefused(
        new Operation.Refund("b", "S1", "o1", "r1", "9", null), 1, "unknown_line", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(
        new Operation.Refund("b", "S1", "o1", "r2", null, null), 1, "unknown_line", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refund_without_the_share_of_the_payer_is_reported() {
    sharedOrders.refunds(paysForOther(60), "r1", 100, true, NOBODY);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_with_another_share_of_the_payer_is_reported() {
    Entry refund = sharedOrders.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 31L));
    sharedOrders.comesBack(refund, "b", "b", 31);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_share_that_does_not_come_is_reported() {
    sharedOrders.refunds(paysForOther(60), "r1", 100, true, Map.of("b", 60L));
    assertThat(builder.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_that_comes_twice_is_reported() {
    Entry refund = sharedOrders.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    sharedOrders.comesBack(refund, "b", "b", 30);
    sharedOrders.comesBack(refund, "b", "b", 30);
    assertThat(builder.broken()).contains(KEYS_ARE_USED_ONCE, REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_of_another_sum_is_reported() {
    Entry refund = sharedOrders.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    sharedOrders.comesBack(refund, "b", "b", 29);
    assertThat(builder.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_that_comes_to_another_is_reported() {
    Entry refund = sharedOrders.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    sharedOrders.comesBack(refund, "b", "m", 30);
    assertThat(builder.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_of_no_refund_is_reported() {
    Entry refund = sharedOrders.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    sharedOrders.comesBack(refund, "b", "b", 30);
    sharedOrders.comesBack(refund, "m", "m", 0);
    assertThat(builder.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_payment_refunded_before_the_sale_is_not_given_back_again() {
    Entry payment = sharedOrders.deducts("b", "o1", 60);
    sharedOrders.givesBack(payment, "r1", 60, true);
    Entry sale = builder.after(1).accrues("m", "o1", 100);
    builder.after(2);
    sharedOrders.refunds(sale, "r2", 100, true, NOBODY);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void points_that_come_back_twice_because_the_order_earned_late_are_reported() {
    Entry payment = sharedOrders.deducts("b", "o1", 60);
    sharedOrders.givesBack(payment, "r1", 60, true);
    Entry sale = builder.after(1).accrues("m", "o1", 100);
    builder.after(2);
    Entry refund = sharedOrders.refunds(sale, "r2", 100, true, Map.of("b", 60L));
    builder.after(3);
    sharedOrders.comesBack(refund, "b", "b", 60);
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(REFUNDS_AND_REVERSALS_ARE_DUE, REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_stands_when_its_refund_is_reversed_and_does_not_come_again() {
    Entry sale = paysForOther(60);
    Entry refund = sharedOrders.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    sharedOrders.comesBack(refund, "b", "b", 60);
    builder.after(2).reverses(refund, 100);
    builder.after(3);
    Entry again = sharedOrders.refunds(sale, "r2", 100, true, NOBODY);
    assertThat(builder.broken()).isEmpty();
    builder.after(4).reverses(again, 100);
    builder.after(5);
    sharedOrders.comesBack(
        sharedOrders.refunds(sale, "r3", 100, true, Map.of("b", 60L)), "b", "b", 60);
    assertThat(builder.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_payment_reversed_while_a_refund_of_the_sale_stands_is_reported() {
    Entry sale = paysForOther(60);
    Entry payment = builder.of("b").get(1);
    Entry refund = sharedOrders.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    sharedOrders.comesBack(refund, "b", "b", 60);
    builder.isRefused(
        new Operation.Reversal("b", payment.transactionId(), "office", "put right"),
        5,
        "not_reversible",
        null);
    assertThat(builder.broken()).isEmpty();
    builder.after(6).reverses(payment, 60);
    assertThat(builder.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  private Entry paysForOther(long points) {
    sharedOrders.deducts("b", "o1", points);
    Entry sale = builder.accrues("m", "o1", 100);
    builder.after(1);
    return sale;
  }
}
