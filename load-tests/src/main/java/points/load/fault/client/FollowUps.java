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
    if (wish instanceof Wish.Accrual sale) {
      return refund(random, sale, order);
    } else if (wish instanceof Wish.TopUp topUp) {
      return some(random, topUp.memberId(), topUp.orderId(), order, topUp.amount());
    } else if (wish instanceof Wish.Payment payment) {
      return some(random, payment.memberId(), payment.orderId(), order, payment.amount());
    } else if (wish instanceof Wish.Deduction deduction) {
      return ofPoints(random, deduction.memberId(), deduction.orderId(), order, deduction.points());
    } else if (wish instanceof Wish.SharedDeduction deduction) {
      return ofPoints(random, deduction.memberId(), deduction.orderId(), order, deduction.points());
    }
    return null;
  }

  /** A refund of an order that has not come yet; now and then of more than that will be. */
  static Wish early(RandomGenerator random, Wish.Accrual sale, String refundId) {
    return random.nextInt(12) == 0
        ? refund(sale.memberId(), sale.orderId(), refundId, null, sale.amount() + 1)
        : refund(random, sale, refundId);
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
        && !(wish instanceof Wish.EndPending);
  }

  private static Wish refund(RandomGenerator random, Wish.Accrual sale, String order) {
    if (sale.lines().isEmpty() || random.nextBoolean()) {
      return some(random, sale.memberId(), sale.orderId(), order, sale.amount());
    }
    int line = random.nextInt(sale.lines().size());
    Long amount =
        random.nextInt(4) == 0 ? null : (Long) random.nextLong(1, sale.lines().get(line) + 1);
    return refund(sale.memberId(), sale.orderId(), order, Wish.Accrual.lineId(line), amount);
  }

  /** Of what a deduction took, all or some; now and then more than that. */
  private static Wish ofPoints(
      RandomGenerator random, String member, String of, String order, long points) {
    Long part = random.nextInt(3) == 0 ? null : (Long) random.nextLong(1, points * 2 / 3 + 2);
    return new Wish.Refund(member, Wishes.STORE, of, order, null, null, part);
  }

  private static Wish some(
      RandomGenerator random, String member, String of, String order, long amount) {
    boolean whole = random.nextInt(4) == 0;
    Long part = whole ? null : (Long) random.nextLong(1, amount * 2 / 3 + 2);
    return refund(member, of, order, null, part);
  }

  private static Wish refund(
      String member, String of, String order, @Nullable String line, @Nullable Long amount) {
    return new Wish.Refund(member, Wishes.STORE, of, order, line, amount);
  }
}
