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

/** The rules about what is set aside, undone, sent on and owed. */
class CheckerOfAccountsTest {
  private final HistoryBuilder deeds = new HistoryBuilder();

  @Test
  void members_that_do_all_there_is_to_do_break_nothing() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    deeds.topsUp("m", "o2", 5_000);
    deeds.pays("m", "o3", 1_000);
    deeds.captures(deeds.holds("m", "o4", 20, 900), 15);
    Entry hold = deeds.holds("m", "o5", 20, 2);
    deeds.after(2).runsOut(hold);
    deeds.refunds(sale, "r1", new Line("1", 3_333, 33), false);
    deeds.refunds(sale, "r2", new Line("2", 3_000, 30), false);
    deeds.reverses(deeds.accrues("m", "o6", 10), -10);
    Entry out = deeds.sends("m", "n", 10);
    deeds.receives("n", out, Kind.TRANSFER_IN, 10);
    Entry back = deeds.sends("m", "x", 5);
    deeds.receives("m", back, Kind.TRANSFER_RETURN, 5);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_captured_hold_that_stays_held_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 900);
    deeds.captures(hold, 15, available(HistoryBuilder.POINTS, 5));
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_hold_that_ends_twice_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 900);
    deeds.captures(hold, 20);
    deeds.captures(hold, 20, available(HistoryBuilder.POINTS, -20));
    assertThat(deeds.broken()).contains(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_capture_of_other_points_than_it_says_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 900);
    deeds.captures(
        hold, 15, available(HistoryBuilder.POINTS, 6), HistoryBuilder.aside(hold.sequence(), -20));
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_hold_that_ends_before_or_after_its_time_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 10);
    deeds.after(9).runsOut(hold);
    assertThat(deeds.broken()).containsExactly(RESERVATIONS_END_ONCE);
    HistoryBuilder late = new HistoryBuilder();
    late.accrues("m", "o1", 100);
    Entry held = late.holds("m", "o2", 20, 10);
    late.after(10).captures(held, 20);
    assertThat(late.broken()).containsExactly(RESERVATIONS_END_ONCE);
  }

  @Test
  void a_refund_that_is_applied_twice_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    deeds.accrues("m", "o2", 100);
    deeds.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    deeds.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    assertThat(deeds.broken())
        .containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void refunds_of_more_than_was_sold_are_found() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    deeds.accrues("m", "o2", 100);
    deeds.refunds(sale, "r1", new Line("1", 4_000, 40), false);
    deeds.refunds(sale, "r2", new Line("1", 4_000, 40), false);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_of_other_points_than_are_due_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    deeds.refunds(sale, "r1", new Line("1", 3_333, 33), false);
    deeds.refunds(sale, "r2", new Line("1", 3_333, 33), false);
    deeds.refunds(sale, "r3", new Line("1", 334, 3), false);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  /** Of ten lines of one point each, 99 parts of a hundred come back. */
  @Test
  void a_refund_that_is_rounded_line_by_line_is_found() {
    Entry sale = deeds.accrues("m", "o1", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    List<Line> rounded = IntStream.range(1, 11).mapToObj(i -> new Line("" + i, 99, 0)).toList();
    deeds.refunds(sale, "r1", rounded, false);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
    HistoryBuilder others = new HistoryBuilder();
    sale = others.accrues("m", "o1", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    List<Line> right =
        IntStream.range(1, 11).mapToObj(i -> new Line("" + i, 99, i == 10 ? 0 : 1)).toList();
    others.refunds(sale, "r1", right, false);
    assertThat(others.broken()).isEmpty();
  }

  @Test
  void a_refund_that_is_whole_and_says_it_is_not_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.refunds(sale, "r1", new Line("1", 7_000, 70), false);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_reversal_that_is_not_the_opposite_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.accrues("m", "o2", 70);
    deeds.reverses(sale, -69);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void an_entry_that_is_reversed_twice_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.accrues("m", "o2", 70);
    deeds.reverses(sale, -70);
    deeds.reverses(sale, -70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_transfer_that_is_lost_is_found() {
    deeds.accrues("m", "o1", 70);
    deeds.accrues("n", "o2", 70);
    deeds.sends("m", "n", 10);
    assertThat(deeds.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void a_transfer_that_is_received_twice_is_found() {
    deeds.accrues("m", "o1", 70);
    Entry out = deeds.sends("m", "n", 10);
    deeds.receives("n", out, Kind.TRANSFER_IN, 10);
    deeds.receives("m", out, Kind.TRANSFER_RETURN, 10);
    assertThat(deeds.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
    deeds.of("m").remove(2);
    assertThat(deeds.broken()).isEmpty();
    deeds.receives("n", out, Kind.TRANSFER_IN, 10);
    assertThat(deeds.broken()).containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void a_transfer_that_comes_in_elsewhere_or_with_other_points_is_found() {
    deeds.accrues("m", "o1", 70);
    Entry out = deeds.sends("m", "n", 10);
    deeds.receives("p", out, Kind.TRANSFER_IN, 10);
    assertThat(deeds.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
    HistoryBuilder less = new HistoryBuilder();
    less.accrues("m", "o1", 70);
    less.receives("n", less.sends("m", "n", 10), Kind.TRANSFER_IN, 9);
    assertThat(less.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void what_comes_in_and_never_went_out_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.receives("n", sale, Kind.TRANSFER_IN, 10);
    assertThat(deeds.broken()).contains(TRANSFERS_ARRIVE_ONCE);
    deeds.of("m").clear();
    assertThat(deeds.broken()).contains(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_row_that_has_forgotten_what_is_held_is_found() {
    deeds.accrues("m", "o1", 70);
    deeds.holds("m", "o2", 20, 900);
    List<Entry> entries = deeds.of("m");
    MemberState row = EntryFold.states("m", entries).get(2);
    assertThat(deeds.broken(new LedgerSnapshot(List.of(row), entries, List.of()))).isEmpty();
    MemberState forgetful = ModelExamples.state("m", 2, 50, 70, 0, row.lots());
    assertThat(deeds.broken(new LedgerSnapshot(List.of(forgetful), entries, List.of())))
        .containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void points_that_come_in_while_some_are_owed_are_found() {
    deeds.adjusts("m", new Movement("points", Place.DEBT, 0, HistoryBuilder.UNTIL, 10));
    deeds.accrues("m", "o1", 70);
    assertThat(deeds.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void more_taken_from_a_hold_than_is_held_is_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 900);
    deeds.captures(hold, 20, HistoryBuilder.aside(hold.sequence(), -21));
    assertThat(deeds.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void refusals_of_holds_are_true_of_some_state_or_found() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 900);
    Operation capture = new Operation.Capture("m", hold.transactionId(), 21L);
    deeds.isRefused(capture, 1, "capture_exceeds_hold", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(capture, 2, "hold_already_captured", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
    HistoryBuilder later = new HistoryBuilder();
    later.accrues("m", "o1", 100);
    later.captures(later.holds("m", "o2", 20, 900), 20);
    later.isRefused(capture, 3, "hold_already_captured", null);
    assertThat(later.broken()).isEmpty();
    later.isRefused(capture, 3, "hold_already_released", null);
    assertThat(later.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void who_ends_a_hold_of_an_order_again_under_another_key_is_not_told_of_the_first_end() {
    deeds.accrues("m", "o1", 100);
    Entry end = deeds.captures(deeds.holds("m", "o2", 20, 900), 20);
    Operation capture = new Operation.Capture("m", "m-2", 20L);
    deeds.isRefused(capture, 1, "hold_already_captured", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isTold(capture, 2, end, true);
    assertThat(deeds.broken()).containsExactly(Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void a_release_of_what_was_captured_is_no_order_processed_before() {
    deeds.accrues("m", "o1", 100);
    deeds.captures(deeds.holds("m", "o2", 20, 900), 20);
    deeds.isRefused(new Operation.Release("m", "m-2"), 1, "order_already_processed", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_hold_has_run_out_at_its_time_though_nobody_wrote_that_down() {
    deeds.accrues("m", "o1", 100);
    Entry hold = deeds.holds("m", "o2", 20, 10);
    Operation capture = new Operation.Capture("m", hold.transactionId(), null);
    Operation spends = new Operation.Deduction("m", "S1", "o3", 101, "gift");
    deeds.isRefused(capture, 11, "hold_expired", null);
    deeds.isRefused(spends, 9, "insufficient_points", 80L);
    deeds.isRefused(spends, 11, "insufficient_points", 100L);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(capture, 9, "hold_expired", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void what_is_held_by_then_cannot_be_refused_as_spendable() {
    deeds.accrues("m", "o1", 100);
    deeds.holds("m", "o2", 20, 10);
    Operation spends = new Operation.Deduction("m", "S1", "o3", 101, "gift");
    deeds.isRefused(spends, 9, "insufficient_points", 100L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void refusals_of_refunds_and_reversals_are_true_of_some_state_or_found() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    Operation operation = new Operation.Refund("m", "S1", "o1", "r9", "1", 3_001L);
    Operation whole = new Operation.Refund("m", "S1", "o1", "r8", null, null);
    Operation reversal = new Operation.Reversal("m", sale.transactionId(), "office", "put right");
    deeds.refunds(sale, "r1", new Line("1", 4_000, 40), false);
    deeds.isRefused(operation, 1, "refund_exceeds_order", null);
    deeds.isRefused(reversal, 1, "not_reversible", null);
    assertThat(deeds.broken()).isEmpty();
    for (String code : List.of("order_already_refunded", "order_not_found")) {
      HistoryBuilder other = new HistoryBuilder();
      other.accrues("m", "o1", 70, 30);
      other.isRefused(whole, 1, code, null);
      assertThat(other.broken()).as(code).containsExactly(REFUSALS_ARE_TRUE);
    }
    deeds.isRefused(reversal, 1, "already_reversed", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }
}
