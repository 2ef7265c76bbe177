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

/** The rules about pending points, and about orders that are paid with what a member has. */
class CheckerOfPendingTest {
  private final HistoryBuilder deeds = new HistoryBuilder();
  private final PendingOrders pendings = new PendingOrders(deeds);

  @Test
  void orders_that_are_paid_and_earn_later_break_nothing() {
    deeds.accrues("m", "o1", 100);
    deeds.topsUp("m", "o2", 5_000);
    pendings.accrues("m", "o3", 70, 30, 2_000);
    pendings.ends(pendings.accruesPending("m", "o4", 20, null), true);
    pendings.ends(pendings.accruesPending("m", "o5", 30, null), false);
    Entry sale = pendings.accruesPending("m", "o6", 40, 2L);
    deeds.after(2);
    pendings.becomesEffective(sale);
    pendings.accruesPending("m", "o7", 50, 900L);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void an_order_that_is_paid_with_less_than_was_asked_for_is_found() {
    deeds.accrues("m", "o1", 100);
    deeds.book(
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
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_that_is_paid_and_earns_less_is_found() {
    deeds.accrues("m", "o1", 100);
    deeds.book(
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
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void stored_value_that_was_to_pay_and_did_not_is_found() {
    deeds.topsUp("m", "o1", 5_000);
    deeds.book(
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
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_that_is_paid_with_more_than_there_is_is_found() {
    deeds.accrues("m", "o1", 20);
    pendings.accrues("m", "o2", 70, 30, 0);
    assertThat(deeds.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void points_that_were_to_be_pending_and_can_be_spent_are_found() {
    deeds.book(
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
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void points_that_become_effective_before_their_time_are_found() {
    Entry sale = pendings.accruesPending("m", "o1", 40, 10L);
    deeds.after(9);
    pendings.becomesEffective(sale);
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void an_activation_that_loses_points_is_found() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    pendings.ends(sale, true, available(HistoryBuilder.POINTS, 39), pending(sale.sequence(), -40));
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_cancellation_that_leaves_points_is_found() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    pendings.ends(sale, false, available(HistoryBuilder.POINTS, 1), pending(sale.sequence(), -40));
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void what_is_activated_and_cancelled_is_found() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    pendings.ends(sale, true);
    pendings.ends(sale, false, available(HistoryBuilder.POINTS, -40));
    assertThat(deeds.broken()).contains(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_refund_takes_nothing_back_of_what_was_cancelled() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    pendings.ends(sale, false);
    pendings.refunds(sale, "r1", 0);
    assertThat(deeds.broken()).isEmpty();
    deeds.accrues("m", "o2", 100);
    Entry other = pendings.accruesPending("m", "o3", 40, null);
    pendings.ends(other, false);
    pendings.refunds(other, "r2", 40, available(HistoryBuilder.POINTS, -40));
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_takes_back_what_is_pending() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    pendings.refunds(sale, "r1", 40, pending(sale.sequence(), -40));
    deeds.isRefused(ends(sale), 1, "pending_already_ended", null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_reversal_of_what_was_cancelled_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry sale = pendings.accruesPending("m", "o2", 40, null);
    pendings.ends(sale, false);
    deeds.isRefused(
        new Operation.Reversal("m", sale.transactionId(), "office", "put right"),
        1,
        "not_reversible",
        null);
    assertThat(deeds.broken()).isEmpty();
    deeds.reverses(sale, -40);
    assertThat(deeds.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void what_has_ended_is_refused_and_what_has_not_is_not() {
    Entry plain = deeds.accrues("m", "o1", 40);
    Entry sale = pendings.accruesPending("m", "o2", 40, 20L);
    deeds.isRefused(ends(plain), 1, "pending_not_found", null);
    deeds.isRefused(ends(sale), 21, "pending_already_ended", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(ends(sale), 18, "pending_already_ended", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void what_is_pending_and_not_found_is_found() {
    Entry sale = pendings.accruesPending("m", "o1", 40, null);
    deeds.isRefused(ends(sale), 1, "pending_not_found", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_order_is_refused_for_what_it_was_to_be_paid_with() {
    deeds.accrues("m", "o1", 40);
    Operation paid =
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(41, 1, false, null));
    deeds.isRefused(paid, 1, "insufficient_points", 40L);
    deeds.isRefused(paid, 1, "insufficient_stored_value", 0L);
    assertThat(deeds.broken()).isEmpty();
    Operation enough =
        new Operation.Accrual(
            "m",
            "S1",
            "o2",
            7_000,
            HistoryBuilder.NOW,
            List.of(),
            new Operation.Terms(40, 0, false, null));
    deeds.isRefused(enough, 1, "insufficient_points", 40L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  private static Operation ends(Entry sale) {
    return new Operation.EndPending(sale.memberId(), sale.transactionId(), true);
  }
}
