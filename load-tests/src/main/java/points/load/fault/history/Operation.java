package points.load.fault.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry;

/** One thing that a caller asks of one member, under one idempotency key. */
public sealed interface Operation {
  /** The member on whom it is decided. */
  String memberId();

  /** An operation that names an order. */
  sealed interface OfOrder extends Operation {
    /** The store that sold. */
    String storeId();

    /** The order's number in that store. */
    String orderId();

    /** Store and number together. */
    default Entry.Order order() {
      return new Entry.Order(storeId(), orderId());
    }
  }

  /** An operation that is done by hand, and says by whom and why. */
  sealed interface ByOperator extends Operation {
    /** The person. */
    String operator();

    /** In that person's words. */
    String reason();
  }

  /**
   * Earns points by an order, and enrols the member if it is new.
   *
   * @param lines the amount of each, in minor units; none, or such as add up to the amount
   */
  record Accrual(
      String memberId,
      String storeId,
      String orderId,
      long amount,
      Instant occurredAt,
      List<Long> lines,
      Terms terms)
      implements OfOrder {
    /** An order without lines, paid with money, whose points can be spent at once. */
    public Accrual(
        String memberId, String storeId, String orderId, long amount, Instant occurredAt) {
      this(memberId, storeId, orderId, amount, occurredAt, List.of(), Terms.NONE);
    }

    /** The id of a line, counted from 0. */
    public static String lineId(int number) {
      return Integer.toString(number + 1);
    }
  }

  /**
   * The terms of an order besides its amount.
   *
   * @param points that pay for it
   * @param storedValue that pays for it, in minor units
   * @param pending whether the points that it earns cannot be spent yet
   * @param effectiveAt when they can; null when that waits for a call
   * @param offline whether the customer has already left with the goods, so that the order is
   *     booked even if the member has too little to pay for it
   */
  record Terms(
      long points,
      long storedValue,
      boolean pending,
      @Nullable Instant effectiveAt,
      boolean offline) {
    /** Paid with money; the points can be spent at once. */
    public static final Terms NONE = new Terms(0, 0, false, null);

    /** The terms of an order of a till that is online. */
    public Terms(long points, long storedValue, boolean pending, @Nullable Instant effectiveAt) {
      this(points, storedValue, pending, effectiveAt, false);
    }
  }

  /**
   * Moves an order that was booked on the wrong member to the one who bought.
   *
   * @param transactionId of the order
   * @param sale the order as it was asked for
   * @param to the member who bought
   */
  record Move(String memberId, String transactionId, Accrual sale, String to)
      implements Operation {}

  /**
   * Makes the pending points of an order available, or cancels them.
   *
   * @param transactionId of the order
   */
  record EndPending(String memberId, String transactionId, boolean activates)
      implements Operation {}

  /** Spends points on an order. */
  record Deduction(String memberId, String storeId, String orderId, long points, String reason)
      implements OfOrder {}

  /**
   * Gives or takes points by hand.
   *
   * @param points signed, not 0
   */
  record Adjustment(String memberId, long points, String operator, String reason)
      implements ByOperator {}

  /**
   * Gives points, which may have an end of their own.
   *
   * @param points 1 or more
   * @param expiresAt their end; null for the one that the program's rule gives
   */
  record Gift(
      String memberId, long points, @Nullable Instant expiresAt, String operator, String reason)
      implements ByOperator {}

  /** Reserves points and stored value for an order. */
  record Hold(
      String memberId,
      String storeId,
      String orderId,
      long points,
      long storedValue,
      long ttlSeconds)
      implements OfOrder {}

  /**
   * Spends what is held, all or part.
   *
   * @param holdId the transaction that holds it
   * @param points null for all
   */
  record Capture(String memberId, String holdId, @Nullable Long points) implements Operation {}

  /** Frees what is held. */
  record Release(String memberId, String holdId) implements Operation {}

  /**
   * Returns all or part of an order.
   *
   * @param lineId of the line that is returned; null for no line in particular
   * @param amount null for all that is left
   * @param points of a sale without money; null for none in particular
   * @param refundStoreId the store that takes it back; null for the one that sold
   */
  record Refund(
      String memberId,
      String storeId,
      String orderId,
      String refundId,
      @Nullable String lineId,
      @Nullable Long amount,
      @Nullable Long points,
      @Nullable String refundStoreId)
      implements OfOrder {

    /** Returns money, or everything, in the store that sold. */
    public Refund(
        String memberId,
        String storeId,
        String orderId,
        String refundId,
        @Nullable String lineId,
        @Nullable Long amount) {
      this(memberId, storeId, orderId, refundId, lineId, amount, null, null);
    }

    /** The same refund, of so much of a line or of the order. */
    public Refund of(@Nullable String line, @Nullable Long money) {
      return new Refund(memberId, storeId, orderId, refundId, line, money, null, refundStoreId);
    }

    /** The same refund, of so many points. */
    public Refund ofPoints(@Nullable Long some) {
      return new Refund(memberId, storeId, orderId, refundId, null, null, some, refundStoreId);
    }
  }

  /** Stops a parked refund from waiting for its sale. */
  record Withdrawal(String memberId, String storeId, String orderId, String refundId)
      implements OfOrder {
    /** Whether that refund is the one that it stops. */
    public boolean isOf(Refund refund) {
      return refund.refundId().equals(refundId) && refund.order().equals(order());
    }
  }

  /** Undoes one transaction. */
  record Reversal(String memberId, String transactionId, String operator, String reason)
      implements ByOperator {}

  /** Pays money in, and enrols the member if it is new. */
  record TopUp(
      String memberId, String storeId, String orderId, long amount, long bonus, Instant occurredAt)
      implements OfOrder {}

  /** Pays for an order with stored value. */
  record Payment(String memberId, String storeId, String orderId, long amount) implements OfOrder {}

  /** Exchanges points for points of another currency. */
  record Exchange(String memberId, String to, long points, long get) implements Operation {}

  /**
   * Sends points to another member.
   *
   * @param memberId the sender
   * @param to the receiver
   */
  record Transfer(String memberId, String storeId, String to, long points) implements Operation {}

  /**
   * Merges a member into another, which gets all that it has.
   *
   * @param into the member that stays
   */
  record Merge(String memberId, String into, String operator, String reason)
      implements ByOperator {}

  /** Closes a member; its points are forfeited and its stored value is paid out. */
  record Close(String memberId, String operator, String reason) implements ByOperator {}

  /**
   * Puts points into a pool, or takes them out.
   *
   * @param sharer the member who does it
   * @param in whether they go into the pool
   */
  record Share(String poolId, String sharer, long points, boolean in) implements Operation {
    /** The one who gives the points. */
    @Override
    public String memberId() {
      return in ? sharer : poolId;
    }

    /** The one who gets them. */
    public String to() {
      return in ? poolId : sharer;
    }
  }

  /**
   * Spends points of a pool on an order.
   *
   * @param sharer the member who spends them
   */
  record SharedDeduction(
      String poolId, String sharer, String storeId, String orderId, long points, String reason)
      implements OfOrder {
    /** The pool, whose points they are. */
    @Override
    public String memberId() {
      return poolId;
    }
  }

  /** Lets the member share a pool. */
  record Join(String memberId, String poolId) implements Operation {}

  /** Ends the member's share in a pool. */
  record Leave(String memberId, String poolId) implements Operation {}

  /** Reads the member's balance. */
  record Balance(String memberId) implements Operation {}
}
