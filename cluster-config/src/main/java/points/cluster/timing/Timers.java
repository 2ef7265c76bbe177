package points.cluster.timing;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Periodic timers of one owner, on the context on which the owner starts them. Once they are
 * stopped, no work begins any more, not even work that was due already. Thread-safe.
 */
public final class Timers {

  private final Vertx vertx;
  private final List<Long> ids = new ArrayList<>();
  private volatile boolean stopped;

  public Timers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Does the work once in each period; the first time when one has passed. */
  public void every(long periodMs, Runnable work) {
    every(periodMs, periodMs, work);
  }

  /**
   * Does the work once in each period.
   *
   * @param firstMs time until it is done first
   */
  public synchronized void every(long firstMs, long periodMs, Runnable work) {
    if (!stopped) {
      ids.add(vertx.setPeriodic(firstMs, periodMs, id -> work.run()));
    }
  }

  /** Stops all timers, also those that would be started later. */
  public synchronized void stop() {
    stopped = true;
    ids.forEach(vertx::cancelTimer);
    ids.clear();
  }
}
