package points.cluster.timing;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Pauses between the tries of one piece of work: each longer than the one before, up to a maximum.
 * It has no state and no clock.
 *
 * <p>For work that others could do instead, or that many try at once. A node that waits for its own
 * database, or reads it at a fixed rate, pauses for a fixed time: the load is small, and longer
 * pauses would only prolong an outage.
 *
 * <p>Example: with a first pause of 50 ms, a growth of 2 and a maximum of 150 ms the pauses are 50,
 * 100, 150, 150 ms, and so on. With a jitter of 0.5 each is shortened by up to half, at random, so
 * that callers that failed together do not come back together.
 *
 * @param first the pause after the first failure
 * @param growth the factor from pause to pause, 1 or more
 * @param max the longest pause
 * @param jitter the part of a pause that is random, from 0 to 1
 */
public record Backoff(Duration first, double growth, Duration max, double jitter) {

  public Backoff {
    if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException("pauses from " + first + " to " + max);
    }
    if (!(growth >= 1) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("growth " + growth + ", jitter " + jitter);
    }
  }

  /** Pauses that double from the first to the longest. */
  public static Backoff doubling(Duration first, Duration max) {
    return new Backoff(first, 2, max, 0);
  }

  /** The same pauses, with a part of each that is random. */
  public Backoff withJitter(double part) {
    return new Backoff(first, growth, max, part);
  }

  /**
   * The pause after so many failures in a row.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    return after(failures, ThreadLocalRandom.current()::nextDouble);
  }

  /**
   * The same by other random numbers.
   *
   * @param random gives numbers from 0 to 1; is not asked where there is no jitter
   */
  Duration after(int failures, DoubleSupplier random) {
    double grown = first.toNanos() * Math.pow(growth, Math.max(0, failures - 1));
    double pause = Math.min(grown, (double) max.toNanos());
    double shortened = jitter == 0 ? pause : pause * (1 - jitter * random.getAsDouble());
    return Duration.ofNanos(Math.round(shortened));
  }
}
