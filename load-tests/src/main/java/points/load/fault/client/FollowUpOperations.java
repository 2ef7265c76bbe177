package points.load.fault.client;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;

/**
 * Generates operations that follow from one that was done. They are captures and releases of holds,
 * ends of pending points, refunds in parts, and reversals. Now and then they repeat one that was
 * done already, or ask for more than there is.
 */
final class FollowUpOperations {
  private FollowUpOperations() {}

  /**
   * Returns the next operation.
   *
   * @param order names it
   * @return null when nothing follows
   */
  static @Nullable Operation next(RandomGenerator random, CompletedOperation before, String order) {
    Operation operation = before.operation();
    if (before.id().isEmpty()) {
      return null; // a refund that waits for its sale
    }
    if (operation instanceof Operation.Hold hold) {
      return end(random, hold, before.id());
    }
    if (random.nextInt(100) < 15 && isReversible(operation)) {
      return new Operation.Reversal(before.memberId(), before.id(), "office", "put right");
    }
    if (operation instanceof Operation.Accrual sale
        && sale.terms().pending()
        && random.nextInt(3) > 0) {
      return new Operation.EndPending(before.memberId(), before.id(), random.nextInt(5) < 3);
    }
    return refund(random, operation, order);
  }

  /** Refunds a sale or a payment; returns null for an operation that is neither. */
  static Operation.@Nullable Refund refund(
      RandomGenerator random, Operation operation, String refundId) {
    if (operation instanceof Operation.Accrual sale) {
      return refund(random, sale.memberId(), sale, refundId);
    } else if (operation instanceof Operation.Move move) {
      return refund(random, move.to(), move.sale(), refundId);
    } else if (operation instanceof Operation.TopUp it) {
      return some(random, whole(it.memberId(), it, refundId), it.amount());
    } else if (operation instanceof Operation.Payment it) {
      return some(random, whole(it.memberId(), it, refundId), it.amount());
    } else if (operation instanceof Operation.Deduction it) {
      return ofPoints(random, whole(it.memberId(), it, refundId), it.points());
    } else if (operation instanceof Operation.SharedDeduction it) {
      return ofPoints(random, whole(it.memberId(), it, refundId), it.points());
    }
    return null;
  }

  /** Refunds an order that is not booked yet; now and then more than it will be. */
  static Operation.Refund early(RandomGenerator random, Operation.Accrual sale, String refundId) {
    return random.nextInt(12) == 0
        ? whole(sale.memberId(), sale, refundId).of(null, sale.amount() + 1)
        : refund(random, sale.memberId(), sale, refundId);
  }

  private static Operation end(RandomGenerator random, Operation.Hold hold, String holdId) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return new Operation.Release(hold.memberId(), holdId);
    }
    boolean some = kind >= 60 && hold.points() > 0;
    return new Operation.Capture(
        hold.memberId(), holdId, some ? (Long) random.nextLong(1, hold.points() + 10) : null);
  }

  /** Includes refunds, and some operations that cannot be reversed. */
  private static boolean isReversible(Operation operation) {
    return !(operation instanceof Operation.Release)
        && !(operation instanceof Operation.Reversal)
        && !(operation instanceof Operation.Merge)
        && !(operation instanceof Operation.Close)
        && !(operation instanceof Operation.EndPending)
        && !(operation instanceof Operation.Withdrawal);
  }

  private static Operation.Refund refund(
      RandomGenerator random, String member, Operation.Accrual sale, String refundId) {
    Operation.Refund whole = whole(member, sale, refundId);
    if (sale.lines().isEmpty() || random.nextBoolean()) {
      return some(random, whole, sale.amount());
    }
    int line = random.nextInt(sale.lines().size());
    Long amount =
        random.nextInt(4) == 0 ? null : (Long) random.nextLong(1, sale.lines().get(line) + 1);
    return whole.of(Operation.Accrual.lineId(line), amount);
  }

  /** Returns all or some of the points that a deduction took; now and then more. */
  private static Operation.Refund ofPoints(
      RandomGenerator random, Operation.Refund whole, long points) {
    return whole.ofPoints(
        random.nextInt(3) == 0 ? null : (Long) random.nextLong(1, points * 2 / 3 + 2));
  }

  private static Operation.Refund some(
      RandomGenerator random, Operation.Refund whole, long amount) {
    return random.nextInt(4) == 0 ? whole : whole.of(null, random.nextLong(1, amount * 2 / 3 + 2));
  }

  private static Operation.Refund whole(String member, Operation.OfOrder order, String refundId) {
    String store = order.storeId();
    String number = order.orderId();
    return new Operation.Refund(
        member, store, number, refundId, null, null, null, refundStore(store, number));
  }

  /** Every fourth order is returned in another store than it was sold. */
  private static @Nullable String refundStore(String store, String order) {
    return Math.floorMod(order.hashCode(), 4) == 0
        ? OperationGenerator.STORES.stream()
            .filter(it -> !it.equals(store))
            .findFirst()
            .orElse(null)
        : null;
  }
}
