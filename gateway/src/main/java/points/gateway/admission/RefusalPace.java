package points.gateway.admission;

import java.util.concurrent.TimeUnit;

/**
 * Slows down callers that are refused all the time. One instance per event loop.
 *
 * <p>The first refusals of a second are answered at once. Those after them are held for three
 * seconds, so a connection that does nothing else gets one answer in that time. The number of held
 * refusals is bounded.
 */
public final class RefusalPace {

  /** The way in which a refusal is answered. */
  public enum Turn {
    AT_ONCE,
    /** It is answered after {@link #HOLD_MS}; {@link #release} must follow. */
    HELD,
    /** No more can be held: it is answered at once, and its connection is closed. */
    CLOSED
  }

  /** Time, in milliseconds, for which a refusal is held. */
  public static final long HOLD_MS = 3_000;

  private static final int AT_ONCE_MAX = 50;
  private static final int HELD_MAX = 2_000;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long second;
  private int refusals;
  private int held;

  /** Decides how to answer one more refusal. */
  public Turn take(long nowNanos) {
    long now = Math.floorDiv(nowNanos, SECOND_NANOS);
    if (now != second) {
      second = now;
      refusals = 0;
    }
    if (++refusals <= AT_ONCE_MAX) {
      return Turn.AT_ONCE;
    } else if (held == HELD_MAX) {
      return Turn.CLOSED;
    }
    held++;
    return Turn.HELD;
  }

  /** Notes that a held refusal was answered. */
  public void release() {
    held--;
  }
}
