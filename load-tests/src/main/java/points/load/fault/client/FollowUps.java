package points.load.fault.client;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Wish;

/**
 * What callers want of something that was done before: holds are captured and released, what is
 * pending becomes effective or never does, orders come back in parts, entries are reversed; now and
 * then what was done already, or more than there is.
 */
final class FollowUps {
  private FollowUps() {}

  /**
   * The next thing to do about it.
   *
   * @param order names what is done
   * @return null when there is nothing to do about it
   */
  static @Nullable Wish next(RandomGenerator random, Settled before, String order) {
    Wish wish = before.wish();
    if (before.id().isEmpty()) {
      return null; // a refund that waits for its sale
    }
    if (wish instanceof Wish.Hold hold) {
      return end(random, hold, before.id());
    }
    if (random.nextInt(100) < 15 && isReversible(wish)) {
      return new Wish.Reversal(before.memberId(), before.id(), "office", "put right");
    }
    if (wish instanceof Wish.Accrual sale && sale.terms().pending() && random.nextInt(3) > 0) {
      return new Wish.EndPending(before.memberId(), before.id(), random.nextInt(5) < 3);
    }
    return refund(random, wish, order);
  }

  /** Of something that was sold or paid for; null when it was neither. */
  static Wish.@Nullable Refund refund(RandomGenerator random, Wish wish, String refundId) {
    if (wish instanceof Wish.Accrual sale) {
      return refund(random, sale.memberId(), sale, refundId);
    } else if (wish instanceof Wish.Move move) {
      return refund(random, move.to(), move.sale(), refundId);
    } else if (wish instanceof Wish.TopUp it) {
      return some(random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.amount());
    } else if (wish instanceof Wish.Payment it) {
      return some(random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.amount());
    } else if (wish instanceof Wish.Deduction it) {
      return ofPoints(
          random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.points());
    } else if (wish instanceof Wish.SharedDeduction it) {
      return ofPoints(
          random, whole(it.memberId(), it.storeId(), it.orderId(), refundId), it.points());
    }
    return null;
  }

  /** A refund of an order that has not come yet; now and then of more than that will be. */
  static Wish.Refund early(RandomGenerator random, Wish.Accrual sale, String refundId) {
    return random.nextInt(12) == 0
        ? part(whole(sale.memberId(), sale.storeId(), sale.orderId(), refundId), sale.amount() + 1)
        : refund(random, sale.memberId(), sale, refundId);
  }

  private static Wish end(RandomGenerator random, Wish.Hold hold, String holdId) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return new Wish.Release(hold.memberId(), holdId);
    }
    boolean some = kind >= 60 && hold.points() > 0;
    return new Wish.Capture(
        hold.memberId(), holdId, some ? (Long) random.nextLong(1, hold.points() + 10) : null);
  }

  /** A refund is reversed, too, and what is not reversible sometimes. */
  private static boolean isReversible(Wish wish) {
    return !(wish instanceof Wish.Release)
        && !(wish instanceof Wish.Reversal)
        && !(wish instanceof Wish.Merge)
        && !(wish instanceof Wish.Close)
        && !(wish instanceof Wish.EndPending)
        && !(wish instanceof Wish.Withdrawal);
  }

  private static Wish.Refund refund(
      RandomGenerator random, String member, Wish.Accrual sale, String refundId) {
    Wish.Refund whole = whole(member, sale.storeId(), sale.orderId(), refundId);
    if (sale.lines().isEmpty() || random.nextBoolean()) {
      return some(random, whole, sale.amount());
    }
    int line = random.nextInt(sale.lines().size());
    Long amount =
        random.nextInt(4) == 0 ? null : (Long) random.nextLong(1, sale.lines().get(line) + 1);
    return new Wish.Refund(
        member,
        sale.storeId(),
        sale.orderId(),
        refundId,
        Wish.Accrual.lineId(line),
        amount,
        null,
        whole.refundStoreId());
  }

  /** Of what a deduction took, all or some; now and then more than that. */
  private static Wish.Refund ofPoints(RandomGenerator random, Wish.Refund whole, long points) {
    Long part = random.nextInt(3) == 0 ? null : (Long) random.nextLong(1, points * 2 / 3 + 2);
    return new Wish.Refund(
        whole.memberId(),
        whole.storeId(),
        whole.orderId(),
        whole.refundId(),
        null,
        null,
        part,
        whole.refundStoreId());
  }

  private static Wish.Refund some(RandomGenerator random, Wish.Refund whole, long amount) {
    return random.nextInt(4) == 0 ? whole : part(whole, random.nextLong(1, amount * 2 / 3 + 2));
  }

  private static Wish.Refund part(Wish.Refund whole, long amount) {
    return new Wish.Refund(
        whole.memberId(),
        whole.storeId(),
        whole.orderId(),
        whole.refundId(),
        null,
        amount,
        null,
        whole.refundStoreId());
  }

  private static Wish.Refund whole(String member, String store, String of, String refundId) {
    return new Wish.Refund(member, store, of, refundId, null, null, null, refundStore(store, of));
  }

  /** Every fourth order comes back in another store than it was sold. */
  private static @Nullable String refundStore(String store, String order) {
    return Math.floorMod(order.hashCode(), 4) == 0
        ? Wishes.STORES.stream().filter(it -> !it.equals(store)).findFirst().orElse(null)
        : null;
  }
}
