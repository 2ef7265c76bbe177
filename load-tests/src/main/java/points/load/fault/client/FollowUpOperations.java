package points.load.fault.client;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;

/**
 * What callers want of something that was done before: holds are captured and released, what is
 * pending becomes effective or never does, orders come back in parts, entries are reversed; now and
 * then what was done already, or more than there is.
 */
final class FollowUpOperations {
  private FollowUpOperations() {}

  /**
   * The next thing to do about it.
   *
   * @param order names what is done
   * @return null when there is nothing to do about it
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

  /** Of something that was sold or paid for; null when it was neither. */
  static Operation.@Nullable Refund refund(
      RandomGenerator random, Operation operation, String refundId) {
    if (operation instanceof Operation.Accrual sale) {
      return refund(random, sale.memberId(), sale, refundId);
    } else if (operation instanceof Operation.Move move) {
      return refund(random, move.to(), move.sale(), refundId);
    } else if (operation instanceof Operation.TopUp it) {
      return some(random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.amount());
    } else if (operation instanceof Operation.Payment it) {
      return some(random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.amount());
    } else if (operation instanceof Operation.Deduction it) {
      return ofPoints(
          random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.points());
    } else if (operation instanceof Operation.SharedDeduction it) {
      return ofPoints(
          random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.points());
    }
    return null;
  }

  /** A refund of an order that has not come yet; now and then of more than that will be. */
  static Operation.Refund early(RandomGenerator random, Operation.Accrual sale, String refundId) {
    return random.nextInt(12) == 0
        ? part(whole(sale.memberId(), sale.storeId(), sale.orderId(), refundId), sale.amount() + 1)
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

  /** A refund is reversed, too, and what is not reversible sometimes. */
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
    Operation.Refund whole = whole(member, sale.storeId(), sale.orderId(), refundId);
    if (sale.lines().isEmpty() || random.nextBoolean()) {
      return some(random, whole, sale.amount());
    }
    int line = random.nextInt(sale.lines().size());
    Long amount =
        random.nextInt(4) == 0 ? null : (Long) random.nextLong(1, sale.lines().get(line) + 1);
    return new Operation.Refund(
        member,
        sale.storeId(),
        sale.orderId(),
        refundId,
        Operation.Accrual.lineId(line),
        amount,
        null,
        whole.refundStoreId());
  }

  /** Of what a deduction took, all or some; now and then more than that. */
  private static Operation.Refund ofPoints(
      RandomGenerator random, Operation.Refund whole, long points) {
    Long part = random.nextInt(3) == 0 ? null : (Long) random.nextLong(1, points * 2 / 3 + 2);
    return new Operation.Refund(
        whole.memberId(),
        whole.storeId(),
        whole.orderId(),
        whole.refundId(),
        null,
        null,
        part,
        whole.refundStoreId());
  }

  private static Operation.Refund some(
      RandomGenerator random, Operation.Refund whole, long amount) {
    return random.nextInt(4) == 0 ? whole : part(whole, random.nextLong(1, amount * 2 / 3 + 2));
  }

  private static Operation.Refund part(Operation.Refund whole, long amount) {
    return new Operation.Refund(
        whole.memberId(),
        whole.storeId(),
        whole.orderId(),
        whole.refundId(),
        null,
        amount,
        null,
        whole.refundStoreId());
  }

  private static Operation.Refund whole(String member, String store, String of, String refundId) {
    return new Operation.Refund(
        member, store, of, refundId, null, null, null, refundStore(store, of));
  }

  /** Every fourth order comes back in another store than it was sold. */
  private static @Nullable String refundStore(String store, String order) {
    return Math.floorMod(order.hashCode(), 4) == 0
        ? OperationGenerator.STORES.stream()
            .filter(it -> !it.equals(store))
            .findFirst()
            .orElse(null)
        : null;
  }
}
