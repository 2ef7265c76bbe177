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
import points.load.fault.history.Answer;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** The rules about orders that go over to the member who bought. */
class CheckerOfMovesTest {
  private final HistoryBuilder deeds = new HistoryBuilder();
  private final MovedSales movers = new MovedSales(deeds);

  @Test
  void a_sale_that_goes_to_another_breaks_nothing_nor_does_its_refund() {
    Entry sale = deeds.accrues("m", "o1", 70, 30);
    Entry in = movers.arrives(movers.leaves(sale, "b"), sale, "b");
    deeds.after(1).refunds(in, "r1", new Entry.Line("2", 3_000, 30), false);
    deeds.after(2).refunds(in, "r2", new Entry.Line("1", 7_000, 70), true);
    deeds.isRefused(
        new Operation.Refund("m", "S1", "o1", "r3", null, null), 1, "order_already_refunded", null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_that_was_paid_with_points_goes_with_its_payment() {
    deeds.accrues("m", "o0", 50);
    deeds.accrues("b", "o9", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_that_comes_without_its_payment_is_found() {
    deeds.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    movers.arrives(movers.leaves(sale, "b"), sale, "b", Kind.MOVE_IN, available(POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_payment_that_does_not_come_back_when_its_sale_goes_is_found() {
    deeds.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    Entry out = movers.leaves(sale, "b", available(POINTS, -100));
    movers.arrives(out, sale, "b", Kind.MOVE_IN, available(POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void what_is_pending_is_pending_with_the_other() {
    Entry sale = new PendingOrders(deeds).accruesPending("m", "o1", 70, 600L);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_that_comes_back_breaks_nothing() {
    Entry sale = deeds.accrues("m", "o1", 70);
    Entry out = movers.leaves(sale, "b");
    movers.arrives(out, sale, "m", Kind.MOVE_RETURN, available(POINTS, 70));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_that_comes_back_is_paid_from_the_lot_that_had_paid_it() {
    deeds.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    Entry out = movers.leaves(sale, "b");
    Instant sooner = HistoryBuilder.UNTIL.minus(Duration.ofDays(1));
    deeds.adjusts("m", new Movement(POINTS, Place.AVAILABLE, 0, sooner, 30));
    movers.arrives(
        out, sale, "m", Kind.MOVE_RETURN, available(POINTS, -20), available(POINTS, 100));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_that_is_lost_on_its_way_is_found() {
    movers.leaves(deeds.accrues("m", "o1", 70), "b");
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_that_arrives_and_comes_back_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    Entry out = movers.leaves(sale, "b");
    movers.arrives(out, sale, "b");
    movers.arrives(out, sale, "m", Kind.MOVE_RETURN, available(POINTS, 70));
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void points_that_stay_with_the_first_are_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    Entry out = movers.leaves(sale, "b", available(POINTS, -69));
    movers.arrives(out, sale, "b");
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void points_that_are_taken_from_another_lot_are_found() {
    Movement later =
        new Movement(POINTS, Place.AVAILABLE, 0, HistoryBuilder.UNTIL.plus(Duration.ofDays(1)), 70);
    deeds.adjusts("m", later);
    Entry sale = deeds.accrues("m", "o1", 70);
    Movement taken = new Movement(POINTS, Place.AVAILABLE, 0, later.expiresAt(), -70);
    movers.arrives(movers.leaves(sale, "b", taken), sale, "b");
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_that_comes_to_another_than_it_was_for_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "c");
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_whose_points_expire_later_with_the_other_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    Movement later =
        new Movement(POINTS, Place.AVAILABLE, 0, HistoryBuilder.UNTIL.plus(Duration.ofDays(1)), 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "b", Kind.MOVE_IN, later);
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_that_comes_in_and_never_went_out_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(sale, sale, "b");
    assertThat(deeds.broken()).containsExactly(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_that_goes_to_two_members_is_found() {
    deeds.accrues("m", "o0", 70);
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    movers.arrives(movers.leaves(sale, "c"), sale, "c");
    assertThat(deeds.broken()).containsExactlyInAnyOrder(KEYS_ARE_USED_ONCE, MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_that_was_refunded_does_not_go() {
    deeds.accrues("m", "o0", 70);
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false);
    deeds.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(deeds.broken()).isEmpty();
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    assertThat(deeds.broken()).contains(MOVES_ARRIVE_ONCE);
  }

  @Test
  void a_sale_whose_refund_was_reversed_may_go() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.reverses(deeds.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false), 30);
    deeds.after(1);
    Entry out = movers.leaves(sale, "b");
    deeds.after(2);
    movers.arrives(out, sale, "b");
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_sale_whose_refund_was_reversed_and_that_is_not_moved_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.reverses(deeds.refunds(sale, "r1", new Entry.Line("1", 3_000, 30), false), 30);
    deeds.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refund_of_a_sale_that_has_gone_is_found() {
    deeds.accrues("m", "o0", 70);
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    Entry in = deeds.of("b").get(0);
    deeds.refunds(in, "r1", new Entry.Line("1", 7_000, 70), true);
    deeds.refunds(sale, "r2", new Entry.Line("1", 7_000, 70), true);
    assertThat(deeds.broken()).contains(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_reversal_of_a_sale_that_has_gone_is_found_and_its_refusal_is_not() {
    deeds.accrues("m", "o0", 70);
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    deeds.isRefused(
        new Operation.Reversal("m", sale.transactionId(), "office", "put right"),
        1,
        "not_reversible",
        null);
    assertThat(deeds.broken()).isEmpty();
    deeds.reverses(sale, -70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_sale_that_stands_and_is_not_moved_is_found_and_one_that_is_spent_is_not() {
    Entry sale = deeds.accrues("m", "o1", 70);
    deeds.isRefused(MovedSales.move(sale, "b"), 1, "not_movable", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
    deeds.adjusts("m", available(POINTS, -1));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_cannot_have_a_sale_is_the_one_to_whom_it_goes() {
    deeds.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    Operation move = MovedSales.move(sale, "b", new Operation.Terms(20, 0, false, null));
    deeds.isRefused(move, 1, "member_not_found", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.accrues("b", "o9", 10);
    deeds.isRefused(move, 2, "insufficient_points", 10L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE); // b was there before
    deeds.calls.remove(deeds.calls.size() - 3);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(move, 3, "insufficient_points", 30L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void who_has_enough_for_a_sale_and_is_said_to_have_too_little_is_found() {
    deeds.accrues("m", "o0", 50);
    Entry sale = new PendingOrders(deeds).accrues("m", "o1", 100, 20, 0);
    deeds.accrues("b", "o9", 50);
    Operation move = MovedSales.move(sale, "b", new Operation.Terms(20, 0, false, null));
    deeds.isRefused(move, 1, "insufficient_points", 50L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_move_that_is_asked_for_again_is_told_as_it_was_the_first_time() {
    Entry sale = deeds.accrues("m", "o1", 70);
    Entry out = movers.leaves(sale, "b");
    movers.arrives(out, sale, "b");
    deeds.isTold(MovedSales.move(sale, "b"), 1, out, true);
    deeds.isRefused(MovedSales.move(sale, "c"), 1, "order_already_processed", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isTold(MovedSales.move(sale, "c"), 1, out, true);
    assertThat(deeds.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void a_move_that_nobody_asked_for_is_found() {
    Entry sale = deeds.accrues("m", "o1", 70);
    movers.arrives(movers.leaves(sale, "b"), sale, "b");
    deeds.calls.removeIf(it -> it.operation() instanceof Operation.Move);
    deeds.asks(MovedSales.move(sale, "b"), 1, new Answer.NotApplied("503"));
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }
}
