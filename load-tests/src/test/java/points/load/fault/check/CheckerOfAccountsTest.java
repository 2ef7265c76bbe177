package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ENTRIES_ADD_UP;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;
import static points.load.fault.check.finding.Rule.RESERVATIONS_END_ONCE;
import static points.load.fault.check.finding.Rule.TRANSFERS_ARRIVE_ONCE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.load.fault.check.finding.Rule;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Entry.Line;
import points.load.model.EntryFold;
import points.load.model.LedgerSnapshot;
import points.load.model.MemberState;
import points.load.model.ModelExamples;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** The rules about holds, refunds, reversals, transfers and debts. */
class CheckerOfAccountsTest {
  private final HistoryBuilder builder = new HistoryBuilder();

  @Test
  void members_that_use_every_operation_break_no_rule() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    builder.topsUp("m", "o2", 5_000);
    builder.pays("m", "o3", 1_000);
    builder.captures(builder.holds("m", "o4", 20, 900), 15);
    Entry hold = builder.holds("m", "o5", 20, 2);
    builder.after(2).runsOut(hold);
    builder.refunds(sale, "r1", new Line("1", 3_333, 33), false);
    builder.refunds(sale, "r2", new Line("2", 3_000, 30), false);
    builder.reverses(builder.accrues("m", "o6", 10), -10);
    Entry out = builder.sends("m", "n", 10);
    builder.receives("n", out, Kind.TRANSFER_IN, 10);
    Entry back = builder.sends("m", "x", 5);
    builder.receives("m", back, Kind.TRANSFER_RETURN, 5);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_points_still_held_after_a_capture() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 900);
    builder.captures(hold, 15, available(HistoryBuilder.POINTS, 5));
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void reports_two_ends_of_a_hold() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 900);
    builder.captures(hold, 20);
    builder.captures(hold, 20, available(HistoryBuilder.POINTS, -20));
    assertThat(builder.broken()).contains(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_capture_of_other_points_than_it_says_is_reported() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 900);
    builder.captures(
        hold, 15, available(HistoryBuilder.POINTS, 6), HistoryBuilder.aside(hold.sequence(), -20));
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void reports_the_end_of_a_hold_before_or_after_its_time() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 10);
    builder.after(9).runsOut(hold);
    assertThat(builder.broken()).containsExactly(RESERVATIONS_END_ONCE);
    HistoryBuilder late = new HistoryBuilder();
    late.accrues("m", "o1", 100);
    Entry held = late.holds("m", "o2", 20, 10);
    late.after(10).captures(held, 20);
    assertThat(late.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void reports_a_parked_refund_applied_twice() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    builder.accrues("m", "o2", 100);
    builder.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    builder.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void refunds_of_more_than_was_sold_are_reported() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    builder.accrues("m", "o2", 100);
    builder.refunds(sale, "r1", new Line("1", 4_000, 40), false);
    builder.refunds(sale, "r2", new Line("1", 4_000, 40), false);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_of_other_points_than_are_due_is_reported() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    builder.refunds(sale, "r1", new Line("1", 3_333, 33), false);
    builder.refunds(sale, "r2", new Line("1", 3_333, 33), false);
    builder.refunds(sale, "r3", new Line("1", 334, 3), false);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  /** Refunds 99 percent of ten lines of one point each. */
  @Test
  void reports_a_refund_rounded_line_by_line() {
    Entry sale = builder.accrues("m", "o1", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    List<Line> rounded = IntStream.range(1, 11).mapToObj(i -> new Line("" + i, 99, 0)).toList();
    builder.refunds(sale, "r1", rounded, false);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
    HistoryBuilder others = new HistoryBuilder();
    sale = others.accrues("m", "o1", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    List<Line> right =
        IntStream.range(1, 11).mapToObj(i -> new Line("" + i, 99, i == 10 ? 0 : 1)).toList();
    others.refunds(sale, "r1", right, false);
    assertThat(others.broken()).isEmpty();
  }

  @Test
  void a_whole_refund_marked_as_a_part_is_reported() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_reversal_of_other_sums_than_its_entry() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.accrues("m", "o2", 70);
    builder.reverses(sale, -69);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_two_reversals_of_an_entry() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.accrues("m", "o2", 70);
    builder.reverses(sale, -70);
    builder.reverses(sale, -70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_transfer_without_arrival() {
    builder.accrues("m", "o1", 70);
    builder.accrues("n", "o2", 70);
    builder.sends("m", "n", 10);
    assertThat(builder.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void reports_a_transfer_received_twice() {
    builder.accrues("m", "o1", 70);
    Entry out = builder.sends("m", "n", 10);
    builder.receives("n", out, Kind.TRANSFER_IN, 10);
    builder.receives("m", out, Kind.TRANSFER_RETURN, 10);
    assertThat(builder.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
    builder.of("m").remove(2);
    assertThat(builder.broken()).isEmpty();
    builder.receives("n", out, Kind.TRANSFER_IN, 10);
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void reports_a_transfer_received_elsewhere_or_with_other_points() {
    builder.accrues("m", "o1", 70);
    Entry out = builder.sends("m", "n", 10);
    builder.receives("p", out, Kind.TRANSFER_IN, 10);
    assertThat(builder.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
    HistoryBuilder less = new HistoryBuilder();
    less.accrues("m", "o1", 70);
    less.receives("n", less.sends("m", "n", 10), Kind.TRANSFER_IN, 9);
    assertThat(less.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void reports_a_received_transfer_without_a_sender() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.receives("n", sale, Kind.TRANSFER_IN, 10);
    assertThat(builder.broken()).contains(TRANSFERS_ARRIVE_ONCE);
    builder.of("m").clear();
    assertThat(builder.broken()).contains(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_row_without_the_held_points_is_reported() {
    builder.accrues("m", "o1", 70);
    builder.holds("m", "o2", 20, 900);
    List<Entry> entries = builder.of("m");
    MemberState row = EntryFold.states("m", entries).get(2);
    assertThat(builder.broken(new LedgerSnapshot(List.of(row), entries, List.of()))).isEmpty();
    MemberState forgetful = ModelExamples.state("m", 2, 50, 70, 0, row.lots());
    assertThat(builder.broken(new LedgerSnapshot(List.of(forgetful), entries, List.of())))
        .containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void reports_income_without_repayment_of_a_debt() {
    builder.adjusts("m", new Movement("points", Place.DEBT, 0, HistoryBuilder.UNTIL, 10));
    builder.accrues("m", "o1", 70);
    assertThat(builder.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void more_taken_from_a_hold_than_is_held_is_reported() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 900);
    builder.captures(hold, 20, HistoryBuilder.aside(hold.sequence(), -21));
    assertThat(builder.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void a_refusal_to_end_a_hold_is_reported_unless_true_of_a_state() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 900);
    Operation capture = new Operation.Capture("m", hold.transactionId(), 21L);
    builder.isRefused(capture, 1, "capture_exceeds_hold", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(capture, 2, "hold_already_captured", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
    HistoryBuilder later = new HistoryBuilder();
    later.accrues("m", "o1", 100);
    later.captures(later.holds("m", "o2", 20, 900), 20);
    later.isRefused(capture, 3, "hold_already_captured", null);
    assertThat(later.broken()).isEmpty();
    later.isRefused(capture, 3, "hold_already_released", null);
    assertThat(later.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_ended_hold_is_not_answered_as_done_under_another_key() {
    builder.accrues("m", "o1", 100);
    Entry end = builder.captures(builder.holds("m", "o2", 20, 900), 20);
    Operation capture = new Operation.Capture("m", "m-2", 20L);
    builder.isRefused(capture, 1, "hold_already_captured", null);
    assertThat(builder.broken()).isEmpty();
    builder.isAcknowledged(capture, 2, end, true);
    assertThat(builder.broken()).containsExactly(Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void a_release_of_a_captured_hold_is_not_refused_as_an_order_processed_before() {
    builder.accrues("m", "o1", 100);
    builder.captures(builder.holds("m", "o2", 20, 900), 20);
    builder.isRefused(new Operation.Release("m", "m-2"), 1, "order_already_processed", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_hold_has_expired_at_its_time_even_without_an_entry() {
    builder.accrues("m", "o1", 100);
    Entry hold = builder.holds("m", "o2", 20, 10);
    Operation capture = new Operation.Capture("m", hold.transactionId(), null);
    Operation spends = new Operation.Deduction("m", "S1", "o3", 101, "gift");
    builder.isRefused(capture, 11, "hold_expired", null);
    builder.isRefused(spends, 9, "insufficient_points", 80L);
    builder.isRefused(spends, 11, "insufficient_points", 100L);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(capture, 9, "hold_expired", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void points_are_available_only_after_the_end_of_their_hold() {
    builder.accrues("m", "o1", 100);
    builder.holds("m", "o2", 20, 10);
    Operation spends = new Operation.Deduction("m", "S1", "o3", 101, "gift");
    builder.isRefused(spends, 9, "insufficient_points", 100L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refusal_of_a_refund_or_reversal_is_reported_unless_true_of_a_state() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    Operation operation = new Operation.Refund("m", "S1", "o1", "r9", "1", 3_001L);
    Operation whole = new Operation.Refund("m", "S1", "o1", "r8", null, null);
    Operation reversal = new Operation.Reversal("m", sale.transactionId(), "office", "put right");
    builder.refunds(sale, "r1", new Line("1", 4_000, 40), false);
    builder.isRefused(operation, 1, "refund_exceeds_order", null);
    builder.isRefused(reversal, 1, "not_reversible", null);
    assertThat(builder.broken()).isEmpty();
    for (String code : List.of("order_already_refunded", "order_not_found")) {
      HistoryBuilder other = new HistoryBuilder();
      other.accrues("m", "o1", 70, 30);
      other.isRefused(whole, 1, code, null);
      assertThat(other.broken()).as(code).containsExactly(REFUSALS_ARE_TRUE);
    }
    builder.isRefused(reversal, 1, "already_reversed", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }
}
