package points.ledger.abuse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The latest orders of a member, as far as limits look back. Of more than {@value #MAX} the oldest
 * are dropped.
 *
 * @param all by the time of payment
 */
public record RecentOrders(List<RecentOrder> all) {

  /** The most that one member has. */
  public static final int MAX = 100;

  public static final RecentOrders NONE = new RecentOrders(List.of());

  /** One day more than limits look back, for orders that come in late. */
  private static final Duration KEPT = AbuseLimit.WITHIN_MAX.plusDays(1);

  private static final Comparator<RecentOrder> ORDER =
      Comparator.comparingLong(RecentOrder::paidAt)
          .thenComparingLong(RecentOrder::points)
          .thenComparingLong(RecentOrder::amount);

  /**
   * Returns these and some more.
   *
   * @param now orders that were paid too long before it are dropped
   */
  public RecentOrders plus(List<RecentOrder> more, Instant now) {
    if (more.isEmpty()) {
      return this;
    }
    var orders = new ArrayList<>(all);
    orders.addAll(more);
    long oldest = now.minus(KEPT).toEpochMilli();
    orders.removeIf(it -> it.paidAt() < oldest);
    orders.sort(ORDER);
    return new RecentOrders(
        List.copyOf(orders.subList(Math.max(0, orders.size() - MAX), orders.size())));
  }

  /**
   * Returns whether an order is beyond a limit, together with those that were paid within its time
   * before.
   *
   * <p>A member with so many orders within the time that some were dropped is beyond any limit.
   */
  boolean exceed(AbuseLimit limit, RecentOrder order) {
    long begin = order.paidAt() - limit.within().toMillis();
    if (all.size() >= MAX && all.get(0).paidAt() > begin) {
      return true;
    }
    long counted = order.counted(limit.count());
    for (RecentOrder it : all) {
      if (it.paidAt() > begin && it.paidAt() <= order.paidAt()) {
        counted += it.counted(limit.count());
      }
    }
    return limit.isExceededBy(counted);
  }
}
