package points.postgres;

import java.time.Duration;

/**
 * Waits for conditions, each with a deadline: the only place where a test of this module sleeps.
 */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MS = 5;

  /** A condition that a test waits for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /** Returns as soon as the condition holds; fails after 30 seconds. */
  public static void until(String what, Condition condition) {
    until(what, PATIENCE, condition);
  }

  /** Returns as soon as the condition holds; fails after so long. */
  public static void until(String what, Duration patience, Condition condition) {
    long since = System.nanoTime();
    while (!holds(condition)) {
      if (System.nanoTime() - since > patience.toNanos()) {
        throw new AssertionError("waited in vain: " + what);
      }
      sleep(POLL_MS);
    }
  }

  /**
   * Fails unless the condition holds for so long without a break: for a promise that something does
   * not happen, which no event announces.
   */
  public static void throughout(String what, Duration time, Condition condition) {
    long since = System.nanoTime();
    while (System.nanoTime() - since < time.toNanos()) {
      if (!holds(condition)) {
        throw new AssertionError("no longer so: " + what);
      }
      sleep(POLL_MS);
    }
  }

  /**
   * Sleeps as long as something takes that no test can see or hurry.
   *
   * @param why what takes the time, and why it is no condition
   */
  public static void letPass(String why, Duration time) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("a wait for nothing");
    }
    sleep(time.toMillis());
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
