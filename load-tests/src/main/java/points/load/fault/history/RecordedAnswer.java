package points.load.fault.history;

import org.jspecify.annotations.Nullable;

/** The result of one call, as its caller knows it. */
public sealed interface RecordedAnswer {

  /**
   * The change is booked.
   *
   * @param body byte for byte as received
   * @param replayed whether it was marked as the first answer again
   */
  record Acknowledged(String body, boolean replayed) implements RecordedAnswer {}

  /**
   * The rules do not allow the change.
   *
   * @param code of the problem
   * @param available the points that the member had, where the refusal says so
   */
  record Refused(int status, String code, @Nullable Long available) implements RecordedAnswer {}

  /** Certainly not applied by this call: 408, 429, 503, or no connection was made. */
  record NotApplied(String why) implements RecordedAnswer {}

  /**
   * A fault of the gateway: 500. It must not happen, and the caller does not know whether the
   * change was applied.
   *
   * @param code of the problem
   */
  record ServerError(String code) implements RecordedAnswer {}

  /** Applied or not: 504, a lost connection, or a caller that stopped waiting. */
  record Unknown(String why) implements RecordedAnswer {}

  /**
   * A balance.
   *
   * @param others sums besides the points that can be spent
   * @param stale whether the answer says that it may be old
   * @param asOf as received
   */
  record BalanceRead(
      long sequence,
      long available,
      long lifetimeEarned,
      long lifetimeSpent,
      OtherSums others,
      boolean stale,
      String asOf)
      implements RecordedAnswer {}

  /** Points held, pending and owed, and stored value in minor units. */
  record OtherSums(long held, long pending, long debt, long storedValue, long storedValueHeld) {
    /** The sums of a member that has available points only. */
    public static final OtherSums NONE = new OtherSums(0, 0, 0, 0, 0);
  }
}
