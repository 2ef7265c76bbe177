package points.load.concurrent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Spreads work evenly over time, so much a second at most. Thread-safe. */
public final class SteadyRate {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final long gapNanos;
  private long nextNanos;

  /**
   * @param perSecond 1 or more
   * @param nanos a clock that only goes on
   */
  public SteadyRate(long perSecond, LongSupplier nanos) {
    this.nanos = nanos;
    this.gapNanos = SECOND_NANOS / perSecond;
    this.nextNanos = nanos.getAsLong();
  }

  /**
   * Takes the next turn, and returns how long it is until then; time that passed is not made up
   * for.
   */
  public synchronized Duration untilTurn() {
    long now = nanos.getAsLong();
    long turn = Math.max(now, nextNanos);
    nextNanos = turn + gapNanos;
    return Duration.ofNanos(turn - now);
  }
}
