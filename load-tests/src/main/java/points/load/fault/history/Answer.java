package points.load.fault.history;

import org.jspecify.annotations.Nullable;

/** What came of one call. */
public sealed interface Answer {

  /**
   * The change is booked.
   *
   * @param body as it came, byte for byte
   * @param replayed whether it was marked as the first answer again
   */
  record Acknowledged(String body, boolean replayed) implements Answer {}

  /**
   * The rules say no.
   *
   * @param code of the problem
   * @param available the points the member had, where the refusal says so
   */
  record Refused(int status, String code, @Nullable Long available) implements Answer {}

  /** Certainly not applied by this call: 408, 429, 503, or no connection was made. */
  record NotApplied(String why) implements Answer {}

  /**
   * A fault of the gateway, which it must not have whatever fails around it: 500. Whether the call
   * was applied, nobody knows.
   *
   * @param code of the problem
   */
  record Faulty(String code) implements Answer {}

  /** Nobody knows: 504, a connection that was lost, or the caller would not wait longer. */
  record Unknown(String why) implements Answer {}

  /**
   * A balance that was read.
   *
   * @param aside what there is besides points that can be spent
   * @param stale whether the answer says that it may be old
   * @param asOf as it came
   */
  record Seen(
      long sequence,
      long available,
      long lifetimeEarned,
      long lifetimeSpent,
      Aside aside,
      boolean stale,
      String asOf)
      implements Answer {}

  /** Of a balance: points held, pending and owed, and stored value in minor units. */
  record Aside(long held, long pending, long debt, long storedValue, long storedValueHeld) {
    /** Of a member that has points only. */
    public static final Aside NONE = new Aside(0, 0, 0, 0, 0);
  }
}
