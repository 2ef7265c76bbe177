package points.load.fault.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller wants of one member. */
public sealed interface Operation {
  /** Whom it is about. */
  String memberId();

  /**
   * An order that earns points; enrols the member.
   *
   * @param lines the amount of each, in minor units; none, or such as add up to the amount
   * @param terms what there is to it besides
   */
  record Accrual(
      String memberId,
      String storeId,
      String orderId,
      long amount,
      Instant occurredAt,
      List<Long> lines,
      Terms terms)
      implements Operation {
    /** An order that is paid with money, and whose points can be spent at once. */
    public Accrual(
        String memberId,
        String storeId,
        String orderId,
        long amount,
        Instant occurredAt,
        List<Long> lines) {
      this(memberId, storeId, orderId, amount, occurredAt, lines, Terms.NONE);
    }

    /** The same without lines. */
    public Accrual(
        String memberId, String storeId, String orderId, long amount, Instant occurredAt) {
      this(memberId, storeId, orderId, amount, occurredAt, List.of());
    }

    /** What a line of that number, from 0, is called. */
    public static String lineId(int number) {
      return Integer.toString(number + 1);
    }
  }

  /**
   * What there may be to an order besides its amount.
   *
   * @param points that it is paid with
   * @param storedValue that it is paid with, in minor units
   * @param pending whether what it earns cannot be spent yet
   * @param effectiveAt from when on it can; null when that waits for a call
   * @param offline whether the customer has left with the goods, so that it is booked though it is
   *     paid with more than there is
   */
  record Terms(
      long points,
      long storedValue,
      boolean pending,
      @Nullable Instant effectiveAt,
      boolean offline) {
    /** Nothing. */
    public static final Terms NONE = new Terms(0, 0, false, null);

    /** Of an order of a till that is online. */
    public Terms(long points, long storedValue, boolean pending, @Nullable Instant effectiveAt) {
      this(points, storedValue, pending, effectiveAt, false);
    }
  }

  /**
   * An order that was booked on the wrong member goes over to the one who bought.
   *
   * @param transactionId of the order
   * @param sale the order as it was asked for
   * @param to the member who bought
   */
  record Move(String memberId, String transactionId, Accrual sale, String to)
      implements Operation {}

  /**
   * What an order has earned and is pending can be spent from now on, or never.
   *
   * @param transactionId of the order
   */
  record EndPending(String memberId, String transactionId, boolean activates)
      implements Operation {}

  /** Points spent on an order. */
  record Deduction(String memberId, String storeId, String orderId, long points, String reason)
      implements Operation {}

  /**
   * Points given or taken by hand.
   *
   * @param points signed, not 0
   */
  record Adjustment(String memberId, long points, String operator, String reason)
      implements Operation {}

  /** Points and stored value reserved for an order. */
  record Hold(
      String memberId,
      String storeId,
      String orderId,
      long points,
      long storedValue,
      long ttlSeconds)
      implements Operation {}

  /**
   * What is held is spent, all or part.
   *
   * @param holdId the transaction that holds it
   * @param points null for all
   */
  record Capture(String memberId, String holdId, @Nullable Long points) implements Operation {}

  /** What is held is free again. */
  record Release(String memberId, String holdId) implements Operation {}

  /**
   * All or part of an order comes back.
   *
   * @param lineId of the line that comes back; null for no line in particular
   * @param amount null for all that is left
   * @param points of a sale without money; null for none in particular
   * @param refundStoreId the store that takes back; null for the one that sold
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
      implements Operation {

    /** By the store that sold. */
    public Refund(
        String memberId,
        String storeId,
        String orderId,
        String refundId,
        @Nullable String lineId,
        @Nullable Long amount,
        @Nullable Long points) {
      this(memberId, storeId, orderId, refundId, lineId, amount, points, null);
    }

    /** By money, or whole. */
    public Refund(
        String memberId,
        String storeId,
        String orderId,
        String refundId,
        @Nullable String lineId,
        @Nullable Long amount) {
      this(memberId, storeId, orderId, refundId, lineId, amount, null);
    }
  }

  /** A refund that waits for its sale is to wait no longer. */
  record Withdrawal(String memberId, String storeId, String orderId, String refundId)
      implements Operation {}

  /** One transaction is undone by an admin. */
  record Reversal(String memberId, String transactionId, String operator, String reason)
      implements Operation {}

  /** Money is paid in; enrols the member. */
  record TopUp(
      String memberId, String storeId, String orderId, long amount, long bonus, Instant occurredAt)
      implements Operation {}

  /** Stored value pays for an order. */
  record Payment(String memberId, String storeId, String orderId, long amount)
      implements Operation {}

  /** Points become points of another currency. */
  record Exchange(String memberId, String to, long points, long get) implements Operation {}

  /**
   * Points go to another member.
   *
   * @param memberId whose they are
   * @param to whose they become
   */
  record Transfer(String memberId, String storeId, String to, long points) implements Operation {}

  /**
   * All that a member has goes to another, and it ends.
   *
   * @param into as whom it goes on
   */
  record Merge(String memberId, String into, String operator, String reason) implements Operation {}

  /** A member ends, and what it has with it. */
  record Close(String memberId, String operator, String reason) implements Operation {}

  /**
   * Points go into a pool or out of it.
   *
   * @param sharer who puts in or takes out
   * @param in whether they go into it
   */
  record Share(String poolId, String sharer, long points, boolean in) implements Operation {
    /** Whose the points are. */
    @Override
    public String memberId() {
      return in ? sharer : poolId;
    }

    /** Whose they become. */
    public String to() {
      return in ? poolId : sharer;
    }
  }

  /**
   * Points of a pool spent on an order.
   *
   * @param sharer who spends them
   */
  record SharedDeduction(
      String poolId, String sharer, String storeId, String orderId, long points, String reason)
      implements Operation {
    /** Whose the points are. */
    @Override
    public String memberId() {
      return poolId;
    }
  }

  /** The member may share a pool from now on. */
  record Join(String memberId, String poolId) implements Operation {}

  /** The member shares a pool no more. */
  record Leave(String memberId, String poolId) implements Operation {}

  /** To know what the member has. */
  record Balance(String memberId) implements Operation {}
}
