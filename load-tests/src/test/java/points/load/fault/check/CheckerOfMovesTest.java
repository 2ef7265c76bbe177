package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.POINTS;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.MOVES_ARRIVE_ONCE;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** The rules about sales that are moved to another member. */
class CheckerOfMovesTest {
  private final HistoryBuilder builder = new HistoryBuilder();
  private final MovedSales moves = new MovedSales(builder);

  @Test
  void a_sale_that_goes_to_another_breaks_no_rule_nor_does_its_refund() {
    Entry sale = builder.accrues("m", "o1", 70, 30);
    Entry in = moves.arrives(moves.leaves(sale, "b"), sale, "b");
    builder.after(1).refunds(in, "r1", new Entry.Line("2", 3_000, 30), false);
    builder.after(2).refunds(in, "r2", new Entry.Line("1", 7_000, 70), true);
    builder.isRefused(
        new Operation.Refund("m", "S1", "o1", "r3", null, null), 1, "order_already_refunded", null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_sale_paid_with_points_moves_with_its_payment() {
    builder.accrues("m", "o0", 50);
    builder.accrues("b", "o9", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_an_arrival_of_a_sale_without_its_payment() {
    builder.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    moves.arrives(moves.leaves(sale, "b"), sale, "b", Kind.MOVE_IN, available(POINTS, 100));
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void reports_a_moved_sale_without_its_payment_returned() {
    builder.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    Entry out = moves.leaves(sale, "b", available(POINTS, -100));
    moves.arrives(out, sale, "b", Kind.MOVE_IN, available(POINTS, 100));
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void pending_points_of_a_moved_sale_stay_pending() {
    Entry sale = new PendingOrders(builder).accruesPending("m", "o1", 70, 600L);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_returned_sale_breaks_no_rule() {
    Entry sale = builder.accrues("m", "o1", 70);
    Entry out = moves.leaves(sale, "b");
    moves.arrives(out, sale, "m", Kind.MOVE_RETURN, available(POINTS, 70));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_sale_that_comes_back_is_paid_from_the_lot_that_had_paid_it() {
    builder.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    Entry out = moves.leaves(sale, "b");
    Instant sooner = HistoryBuilder.UNTIL.minus(Duration.ofDays(1));
    builder.adjusts("m", new Movement(POINTS, Place.AVAILABLE, 0, sooner, 30));
    moves.arrives(out, sale, "m", Kind.MOVE_RETURN, available(POINTS, -20), available(POINTS, 100));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_moved_sale_without_arrival() {
    moves.leaves(builder.accrues("m", "o1", 70), "b");
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void reports_a_moved_sale_with_arrival_and_return() {
    Entry sale = builder.accrues("m", "o1", 70);
    Entry out = moves.leaves(sale, "b");
    moves.arrives(out, sale, "b");
    moves.arrives(out, sale, "m", Kind.MOVE_RETURN, available(POINTS, 70));
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void points_that_stay_with_the_first_are_reported() {
    Entry sale = builder.accrues("m", "o1", 70);
    Entry out = moves.leaves(sale, "b", available(POINTS, -69));
    moves.arrives(out, sale, "b");
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void points_that_are_taken_from_another_lot_are_reported() {
    Movement later =
        new Movement(POINTS, Place.AVAILABLE, 0, HistoryBuilder.UNTIL.plus(Duration.ofDays(1)), 70);
    builder.adjusts("m", later);
    Entry sale = builder.accrues("m", "o1", 70);
    Movement taken = new Movement(POINTS, Place.AVAILABLE, 0, later.expiresAt(), -70);
    moves.arrives(moves.leaves(sale, "b", taken), sale, "b");
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void reports_an_arrival_of_a_sale_at_another_member() {
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "c");
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_move_that_lets_points_expire_later_is_reported() {
    Entry sale = builder.accrues("m", "o1", 70);
    Movement later =
        new Movement(POINTS, Place.AVAILABLE, 0, HistoryBuilder.UNTIL.plus(Duration.ofDays(1)), 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "b", Kind.MOVE_IN, later);
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void reports_an_arrival_of_an_unmoved_sale() {
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(sale, sale, "b");
    assertThat(builder.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void reports_a_sale_moved_to_two_members() {
    builder.accrues("m", "o0", 70);
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    moves.arrives(moves.leaves(sale, "c"), sale, "c");
    assertThat(builder.broken()).containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_refunded_sale_is_not_moved() {
    builder.accrues("m", "o0", 70);
    Entry sale = builder.accrues("m", "o1", 70);
    builder.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false);
    builder.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(builder.broken()).isEmpty();
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    assertThat(builder.broken()).contains(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_may_move_after_its_refund_was_reversed() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.reverses(builder.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false), 30);
    builder.after(1);
    Entry out = moves.leaves(sale, "b");
    builder.after(2);
    moves.arrives(out, sale, "b");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refused_move_after_the_refund_was_reversed_is_reported() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.reverses(builder.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false), 30);
    builder.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refund_of_a_sale_that_has_gone_is_reported() {
    builder.accrues("m", "o0", 70);
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    Entry in = builder.of("b").get(0);
    builder.refunds(in, "r1", new Entry.Line("1", 7_000, 70), true);
    builder.refunds(sale, "r2", new Entry.Line("1", 7_000, 70), true);
    assertThat(builder.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_reversal_of_a_sale_that_has_gone_is_reported_and_its_refusal_is_not() {
    builder.accrues("m", "o0", 70);
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    builder.isRefused(
        new Operation.Reversal("m", sale.transactionId(), "office", "put right"),
        1,
        "not_reversible",
        null);
    assertThat(builder.broken()).isEmpty();
    builder.reverses(sale, -70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_sale_that_stands_and_is_not_moved_is_reported_and_one_that_is_spent_is_not() {
    Entry sale = builder.accrues("m", "o1", 70);
    builder.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
    builder.adjusts("m", available(POINTS, -1));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_move_may_be_refused_for_points_that_the_buyer_lacks() {
    builder.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    Operation move = MovedSales.move(sale, "b", new Operation.Terms(20, 0, false, null));
    builder.isRefused(move, 1, "member_not_found", null);
    assertThat(builder.broken()).isEmpty();
    builder.accrues("b", "o9", 10);
    builder.isRefused(move, 2, "insufficient_points", 10L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE); // b was there before
    builder.calls.remove(builder.calls.size() - 3);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(move, 3, "insufficient_points", 30L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_move_refused_although_the_buyer_has_enough_is_reported() {
    builder.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(builder).accrues("m", "o1", 100, 20, 0);
    builder.accrues("b", "o9", 50);
    Operation move = MovedSales.move(sale, "b", new Operation.Terms(20, 0, false, null));
    builder.isRefused(move, 1, "insufficient_points", 50L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_move_asked_for_again_under_another_key_has_the_first_answer() {
    Entry sale = builder.accrues("m", "o1", 70);
    Entry out = moves.leaves(sale, "b");
    moves.arrives(out, sale, "b");
    builder.isAcknowledged(MovedSales.move(sale, "b"), 1, out, true);
    builder.isRefused(MovedSales.move(sale, "c"), 1, "order_already_processed", null);
    assertThat(builder.broken()).isEmpty();
    builder.isAcknowledged(MovedSales.move(sale, "c"), 1, out, true);
    assertThat(builder.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void reports_a_move_without_a_request() {
    Entry sale = builder.accrues("m", "o1", 70);
    moves.arrives(moves.leaves(sale, "b"), sale, "b");
    builder.calls.removeIf(it -> it.operation() instanceof Operation.Move);
    builder.asks(MovedSales.move(sale, "b"), 1, new RecordedAnswer.NotApplied("503"));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }
}
