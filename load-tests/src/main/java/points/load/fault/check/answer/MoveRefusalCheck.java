package points.load.fault.check.answer;

import java.util.List;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.SoldOrder;

/**
 * Decides whether the refusal to move a sale is true of the member that has it.
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
      // It was moved to another member than is asked for now.
      case "order_already_processed" -> SoldOrder.isMoved(sale, before);
      case "not_movable" ->
          !SoldOrder.isMovable(sale.kind())
              || !SoldOrder.isUntouched(sale, before)
              || isUncovered(sale)
              || isSpent(sale);
      default -> false;
    };
  }

  /** Whether the member had too little to pay for the sale. */
  private static boolean isUncovered(Entry sale) {
    return sale.owed() > 0 || sale.extra().detail().containsKey("debt");
  }

  /** Whether points that the sale earned are no longer where they came in, nor pending. */
  private boolean isSpent(Entry sale) {
    return sale.movements().stream()
        .filter(it -> it.points() > 0 && it.place() != Place.DEBT)
        .anyMatch(it -> available(it) + pending(sale, it) < it.points());
  }

  private long pending(Entry sale, Movement earned) {
    return earned.place() != Place.PENDING
        ? 0
        : state.reservation(sale.sequence()).map(it -> it.of(earned.account())).orElse(0L);
  }

  private long available(Movement earned) {
    List<Lot> lots =
        earned.account().equals(Movement.POINTS)
            ? state.lots()
            : state.account(earned.account()).lots();
    return lots.stream()
        .filter(it -> it.expiresAt().equals(earned.expiresAt()))
        .mapToLong(Lot::points)
        .sum();
  }
}
