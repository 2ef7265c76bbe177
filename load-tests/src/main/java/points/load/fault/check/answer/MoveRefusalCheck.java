package points.load.fault.check.answer;

import java.util.List;
import points.load.fault.check.order.CancelledPoints;
import points.load.fault.check.order.SoldOrder;
import points.load.fault.history.Operation;
import points.load.model.Account;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/**
 * What the refusal of a move says of the sale that stays where it is.
 *
 * @param before the entries that made the state, and those of the sale's order
 */
record MoveRefusalCheck(Operation.Move move, List<Entry> before, MemberState state) {

  boolean isTrue(String code) {
    return before.stream()
        .filter(it -> it.transactionId().equals(move.transactionId()))
        .anyMatch(sale -> isTrue(code, sale));
  }

  private boolean isTrue(String code, Entry sale) {
    return switch (code) {
      // It went to another than is asked for now.
      case "order_already_processed" -> SoldOrder.isMoved(sale, before);
      case "not_movable" ->
          !SoldOrder.isMovable(sale.kind())
              || SoldOrder.isMoved(sale, before)
              || SoldOrder.isReversed(sale, before)
              || CancelledPoints.isCancelled(sale, before)
              || SoldOrder.around(sale, before).isRefunded()
              || isOwed(sale)
              || isSpent(sale);
      default -> false;
    };
  }

  /** Some of what it was paid with was not there. */
  private static boolean isOwed(Entry sale) {
    return sale.owed() > 0 || sale.extra().detail().containsKey("debt");
  }

  /** Not all of what it earned is still pending, or where it came in. */
  private boolean isSpent(Entry sale) {
    return sale.movements().stream()
        .filter(it -> it.points() > 0 && it.place() != Place.DEBT)
        .anyMatch(it -> there(it) + pending(sale, it) < it.points());
  }

  private long pending(Entry sale, Movement earned) {
    return earned.place() != Place.PENDING
        ? 0
        : state.reservation(sale.sequence()).map(it -> it.of(earned.account())).orElse(0L);
  }

  private long there(Movement earned) {
    List<Lot> lots =
        earned.account().equals(Movement.POINTS)
            ? state.lots()
            : state.others().accounts().getOrDefault(earned.account(), Account.EMPTY).lots();
    return lots.stream()
        .filter(it -> it.expiresAt().equals(earned.expiresAt()))
        .mapToLong(Lot::points)
        .sum();
  }
}
