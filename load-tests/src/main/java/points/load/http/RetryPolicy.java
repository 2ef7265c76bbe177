package points.load.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The number of attempts for a call, and the pauses between them.
 *
 * @param attempts sendings in all, the first included; at least 1
 * @param firstPause before the second sending; every further pause is twice the one before
 * @param longestPause no pause of our own is longer
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
  /** A gateway that asks for more than this is not waited for any longer than this. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

  /** Outlasts a gateway that is killed and started again: about a minute. */
  public static final RetryPolicy LONG =
      new RetryPolicy(20, Duration.ofMillis(100), Duration.ofSeconds(5));

  /**
   * For the first call, where the likely fault is a gateway that was not started: about a second.
   */
  public static final RetryPolicy SHORT =
      new RetryPolicy(3, Duration.ofMillis(300), Duration.ofSeconds(1));

  /** Refuses fewer than one attempt and pauses that are not positive. */
  public RetryPolicy {
    if (attempts < 1 || firstPause.toMillis() < 1 || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException("no such retry policy: " + attempts + ", " + firstPause);
    }
  }

  /**
   * Returns the next pause, half of it random, so that callers refused together do not come back
   * together.
   *
   * @param sent how many times the call has been sent already
   * @param retryAfter the pause that the gateway asked for, or zero; never undercut
   */
  Duration pause(int sent, Duration retryAfter, RandomGenerator random) {
    long doubled = firstPause.toMillis() << Math.min(sent - 1, 20);
    long own = Math.min(doubled, longestPause.toMillis());
    long asked = Math.min(retryAfter.toMillis(), LONGEST_RETRY_AFTER.toMillis());
    long jittered = own / 2 + random.nextLong(own / 2 + 1);
    return Duration.ofMillis(asked + Math.max(1, jittered));
  }
}
