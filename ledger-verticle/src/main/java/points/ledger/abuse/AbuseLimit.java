package points.ledger.abuse;

import java.time.Duration;

/**
 * A limit on how much one subject does within a time.
 *
 * @param id unique among the limits of the book
 * @param within the time up to the payment of an order, in which the orders of a subject count; of
 *     one receipt the time by which it has to come, and zero for other limits of receipts
 * @param limit the most that is not suspicious; in minor units for amounts
 */
public record AbuseLimit(
    String id, Count count, Per per, Duration within, long limit, Action action) {

  /** The longest time that a limit looks back. */
  public static final Duration WITHIN_MAX = Duration.ofDays(7);

  /** The most orders that a limit may allow: a member's state remembers few. */
  public static final int ORDERS_MAX = RecentOrders.MAX - 1;

  /** The measure of a limit. */
  public enum Count {
    ORDERS,
    POINTS,
    /** Money, in the minor unit. */
    AMOUNT,
    /** The time from the payment of a receipt until it comes. */
    LATENESS
  }

  /** The subject of a limit. */
  public enum Per {
    MEMBER,
    /** The person at the till. */
    CASHIER,
    TERMINAL,
    STORE,
    /** One order by itself. */
    RECEIPT;

    /** Returns whether many members' orders count together. */
    public boolean isShared() {
      return this == CASHIER || this == TERMINAL || this == STORE;
    }
  }

  /** The fate of an order beyond the limit. */
  public enum Action {
    /** Its points are pending until somebody has looked at it. */
    REVIEW,
    REFUSE
  }

  boolean isExceededBy(long counted) {
    return counted > limit;
  }
}
