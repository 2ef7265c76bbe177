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

/** The rules about orders that one pays for and another earns by. */
class CheckerOfRefundSharesTest {
  private static final Map<String, Long> NOBODY = Map.of();

  private final HistoryBuilder deeds = new HistoryBuilder();
  private final SharedOrders buyers = new SharedOrders(deeds);

  @BeforeEach
  void both_have_points() {
    deeds.accrues("b", "o8", 200);
    deeds.accrues("m", "o9", 200);
  }

  @Test
  void a_refund_of_all_brings_back_what_each_of_both_did() {
    Entry sale = paysForOther(60);
    Entry refund = buyers.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    buyers.comesBack(refund, "b", "b", 60);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void parts_bring_back_parts_of_both() {
    Entry sale = paysForOther(50);
    buyers.comesBack(buyers.refunds(sale, "r1", 33, false, Map.of("b", 16L)), "b", "b", 16);
    buyers.comesBack(buyers.refunds(sale, "r2", 67, true, Map.of("b", 34L)), "b", "b", 34);
    deeds.isRefused(
        new Operation.Refund("b", "S1", "o1", "r3", null, null), 1, "order_already_refunded", null);
    deeds.isRefused(
        new Operation.Refund("b", "S1", "o1", "r4", null, null).ofPoints(5L),
        1,
        "refund_not_by_points",
        null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_took_no_part_is_refused_and_who_did_is_not() {
    paysForOther(50);
    deeds.isRefused(
        new Operation.Refund("x", "S1", "o1", "r1", null, null), 1, "order_mismatch", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(
        new Operation.Refund("b", "S1", "o1", "r1", null, null), 1, "order_mismatch", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_line_that_is_not_sold_is_unknown_and_the_whole_order_is_not() {
    paysForOther(50);
    deeds.isRefused(
        new Operation.Refund("b", "S1", "o1", "r1", "9", null), 1, "unknown_line", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(
        new Operation.Refund("b", "S1", "o1", "r2", null, null), 1, "unknown_line", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refund_that_forgets_who_paid_is_found() {
    buyers.refunds(paysForOther(60), "r1", 100, true, NOBODY);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_that_gives_who_paid_another_part_is_found() {
    Entry refund = buyers.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 31L));
    buyers.comesBack(refund, "b", "b", 31);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_share_that_does_not_come_is_found() {
    buyers.refunds(paysForOther(60), "r1", 100, true, Map.of("b", 60L));
    assertThat(deeds.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_that_comes_twice_is_found() {
    Entry refund = buyers.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    buyers.comesBack(refund, "b", "b", 30);
    buyers.comesBack(refund, "b", "b", 30);
    assertThat(deeds.broken()).contains(KEYS_ARE_USED_ONCE, REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_of_another_sum_is_found() {
    Entry refund = buyers.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    buyers.comesBack(refund, "b", "b", 29);
    assertThat(deeds.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_that_comes_to_another_is_found() {
    Entry refund = buyers.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    buyers.comesBack(refund, "b", "m", 30);
    assertThat(deeds.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_of_no_refund_is_found() {
    Entry refund = buyers.refunds(paysForOther(60), "r1", 50, false, Map.of("b", 30L));
    buyers.comesBack(refund, "b", "b", 30);
    buyers.comesBack(refund, "m", "m", 0);
    assertThat(deeds.broken()).containsExactly(REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void what_came_back_before_the_order_earned_does_not_come_back_again() {
    Entry payment = buyers.deducts("b", "o1", 60);
    buyers.givesBack(payment, "r1", 60, true);
    Entry sale = deeds.after(1).accrues("m", "o1", 100);
    deeds.after(2);
    buyers.refunds(sale, "r2", 100, true, NOBODY);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void points_that_come_back_twice_because_the_order_earned_late_are_found() {
    Entry payment = buyers.deducts("b", "o1", 60);
    buyers.givesBack(payment, "r1", 60, true);
    Entry sale = deeds.after(1).accrues("m", "o1", 100);
    deeds.after(2);
    Entry refund = buyers.refunds(sale, "r2", 100, true, Map.of("b", 60L));
    deeds.after(3);
    buyers.comesBack(refund, "b", "b", 60);
    assertThat(deeds.broken())
        .containsExactlyInAnyOrder(REFUNDS_AND_REVERSALS_ARE_DUE, REFUND_SHARES_ARRIVE_ONCE);
  }

  @Test
  void a_share_stands_when_its_refund_is_reversed_and_does_not_come_again() {
    Entry sale = paysForOther(60);
    Entry refund = buyers.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    buyers.comesBack(refund, "b", "b", 60);
    deeds.after(2).reverses(refund, 100);
    deeds.after(3);
    Entry again = buyers.refunds(sale, "r2", 100, true, NOBODY);
    assertThat(deeds.broken()).isEmpty();
    deeds.after(4).reverses(again, 100);
    deeds.after(5);
    buyers.comesBack(buyers.refunds(sale, "r3", 100, true, Map.of("b", 60L)), "b", "b", 60);
    assertThat(deeds.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void what_was_paid_is_not_reversed_while_a_refund_of_the_other_stands() {
    Entry sale = paysForOther(60);
    Entry payment = deeds.of("b").get(1);
    Entry refund = buyers.refunds(sale, "r1", 100, true, Map.of("b", 60L));
    buyers.comesBack(refund, "b", "b", 60);
    deeds.isRefused(
        new Operation.Reversal("b", payment.transactionId(), "office", "put right"),
        5,
        "not_reversible",
        null);
    assertThat(deeds.broken()).isEmpty();
    deeds.after(6).reverses(payment, 60);
    assertThat(deeds.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  private Entry paysForOther(long points) {
    buyers.deducts("b", "o1", points);
    Entry sale = deeds.accrues("m", "o1", 100);
    deeds.after(1);
    return sale;
  }
}
