package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.PendingOrders.pending;
import static points.load.fault.check.finding.Rule.ENTRIES_ADD_UP;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;
import static points.load.fault.check.finding.Rule.RESERVATIONS_END_ONCE;

import java.util.List;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;

/** The rules about pending points, and about orders paid with points or stored value. */
class CheckerOfPendingTest {
  private final HistoryBuilder builder = new HistoryBuilder();
  private final PendingOrders pendingOrders = new PendingOrders(builder);

  @Test
  void orders_that_are_paid_and_earn_later_break_no_rule() {
    builder.accrues("m", "o1", 100);
    builder.topsUp("m", "o2", 5_000);
    pendingOrders.accrues("m", "o3", 70, 30, 2_000);
    pendingOrders.ends(pendingOrders.accruesPending("m", "o4", 20, null), true);
    pendingOrders.ends(pendingOrders.accruesPending("m", "o5", 30, null), false);
    Entry sale = pendingOrders.accruesPending("m", "o6", 40, 2L);
    builder.after(2);
    pendingOrders.becomesEffective(sale);
    pendingOrders.accruesPending("m", "o7", 50, 900L);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void an_order_that_is_paid_with_less_than_was_asked_for_is_reported() {
    builder.accrues("m", "o1", 100);
    builder.book(
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(30, 0, false, null)),
        Kind.ACCRUAL,
        Entry.Extra.NONE,
        7_000L,
        available(HistoryBuilder.POINTS, -29),
        available(HistoryBuilder.POINTS, 69));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_that_is_paid_and_earns_less_is_reported() {
    builder.accrues("m", "o1", 100);
    builder.book(
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(30, 0, false, null)),
        Kind.ACCRUAL,
        Entry.Extra.NONE,
        7_000L,
        available(HistoryBuilder.POINTS, -30),
        available(HistoryBuilder.POINTS, 69));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void stored_value_that_was_to_pay_and_did_not_is_reported() {
    builder.topsUp("m", "o1", 5_000);
    builder.book(
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(0, 500, false, null)),
        Kind.ACCRUAL,
        Entry.Extra.NONE,
        7_000L,
        available(HistoryBuilder.POINTS, 70));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_that_is_paid_with_more_than_there_is_is_reported() {
    builder.accrues("m", "o1", 20);
    pendingOrders.accrues("m", "o2", 70, 30, 0);
    assertThat(builder.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void points_that_were_to_be_pending_and_can_be_spent_are_reported() {
    builder.book(
        new Operation.Accrual(
            "m",
            "S1",
            "o1",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(0, 0, true, null)),
        Kind.ACCRUAL,
        Entry.Extra.NONE,
        7_000L,
        available(HistoryBuilder.POINTS, 70));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void points_that_become_effective_before_their_time_are_reported() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, 10L);
    builder.after(9);
    pendingOrders.becomesEffective(sale);
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void an_activation_that_loses_points_is_reported() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    pendingOrders.ends(
        sale, true, available(HistoryBuilder.POINTS, 39), pending(sale.sequence(), -40));
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void reports_a_cancellation_of_a_part() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    pendingOrders.ends(
        sale, false, available(HistoryBuilder.POINTS, 1), pending(sale.sequence(), -40));
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void points_both_activated_and_cancelled_are_reported() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    pendingOrders.ends(sale, true);
    pendingOrders.ends(sale, false, available(HistoryBuilder.POINTS, -40));
    assertThat(builder.broken()).contains(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_refund_takes_back_no_cancelled_points() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    pendingOrders.ends(sale, false);
    pendingOrders.refunds(sale, "r1", 0);
    assertThat(builder.broken()).isEmpty();
    builder.accrues("m", "o2", 100);
    Entry other = pendingOrders.accruesPending("m", "o3", 40, null);
    pendingOrders.ends(other, false);
    pendingOrders.refunds(other, "r2", 40, available(HistoryBuilder.POINTS, -40));
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_takes_back_pending_points() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    pendingOrders.refunds(sale, "r1", 40, pending(sale.sequence(), -40));
    builder.isRefused(ends(sale), 1, "pending_already_ended", null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_reversal_of_cancelled_points_is_reported() {
    builder.accrues("m", "o1", 100);
    Entry sale = pendingOrders.accruesPending("m", "o2", 40, null);
    pendingOrders.ends(sale, false);
    builder.isRefused(
        new Operation.Reversal("m", sale.transactionId(), "office", "put right"),
        1,
        "not_reversible",
        null);
    assertThat(builder.broken()).isEmpty();
    builder.reverses(sale, -40);
    assertThat(builder.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void an_ended_reservation_may_be_refused_and_an_open_one_may_not() {
    Entry plain = builder.accrues("m", "o1", 40);
    Entry sale = pendingOrders.accruesPending("m", "o2", 40, 20L);
    builder.isRefused(ends(plain), 1, "pending_not_found", null);
    builder.isRefused(ends(sale), 21, "pending_already_ended", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(ends(sale), 18, "pending_already_ended", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void pending_points_refused_as_unknown_are_reported() {
    Entry sale = pendingOrders.accruesPending("m", "o1", 40, null);
    builder.isRefused(ends(sale), 1, "pending_not_found", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_order_may_be_refused_for_the_points_that_were_to_pay_for_it() {
    builder.accrues("m", "o1", 40);
    Operation paid =
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(41, 1, false, null));
    builder.isRefused(paid, 1, "insufficient_points", 40L);
    builder.isRefused(paid, 1, "insufficient_stored_value", 0L);
    assertThat(builder.broken()).isEmpty();
    Operation enough =
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(40, 0, false, null));
    builder.isRefused(enough, 1, "insufficient_points", 40L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  private static Operation ends(Entry sale) {
    return new Operation.EndPending(sale.memberId(), sale.transactionId(), true);
  }
}
