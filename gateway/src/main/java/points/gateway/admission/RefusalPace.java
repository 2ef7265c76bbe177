package points.gateway.admission;

import java.util.concurrent.TimeUnit;

/**
 * Slows callers down who are refused all the time. The first refusals of a second are answered at
 * once; those after them are held for three seconds, so a connection that does nothing else gets
 * one in that time. What is held is bounded. One per event loop.
 */
public final class RefusalPace {

  /** What is to be done with a refusal. */
  public enum Turn {
    AT_ONCE,
    /** It is answered after {@link #HOLD_MS}; {@link #release} must follow. */
    HELD,
    /** As many as may be are held: it is answered at once, and its connection closed. */
    CLOSED
  }

  /** How long a refusal is held. */
  public static final long HOLD_MS = 3_000;

  private static final int AT_ONCE_MAX = 50;
  private static final int HELD_MAX = 2_000;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long second;
  private int refusals;
  private int held;

  /** Decides on one more refusal. */
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

  /** One that was held is answered. */
  public void release() {
    held--;
  }
}
