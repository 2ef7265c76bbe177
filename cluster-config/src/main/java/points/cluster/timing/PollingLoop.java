package points.cluster.timing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work in rounds, one after the other: the next begins after a pause, or at once when more is due.
 * A round that fails is followed by a pause like any other: a round is one query, so longer pauses
 * would spare little and prolong an outage.
 */
public final class PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PollingLoop.class);
  private static final long PAUSE_MS = 500;

  private final Supplier<Future<Void>> pause;
  private final String name;
  private volatile boolean stopped;
  private volatile Future<Void> underWay = Future.succeededFuture();

  /**
   * @param pause completes when the pause before the next round is over
   */
  public PollingLoop(Supplier<Future<Void>> pause, String name) {
    this.pause = pause;
    this.name = name;
  }

  /** Pauses of half a second. */
  public static Supplier<Future<Void>> pausesOf(Vertx vertx) {
    return pausesOf(vertx, PAUSE_MS);
  }

  /** Pauses of this length. */
  public static Supplier<Future<Void>> pausesOf(Vertx vertx, long pauseMs) {
    return () -> vertx.timer(pauseMs).mapEmpty();
  }

  /**
   * Begins with a pause. Called once.
   *
   * @param round does some work, and says whether there is more of it
   */
  public void start(Supplier<Future<Boolean>> round) {
    pause.get().onSuccess(over -> next(round));
  }

  /** Begins with a round; otherwise like {@link #start}. */
  public void startNow(Supplier<Future<Boolean>> round) {
    next(round);
  }

  private void next(Supplier<Future<Boolean>> round) {
    if (stopped) {
      return;
    }
    Future<Boolean> doing = Future.succeededFuture().compose(now -> round.get());
    underWay = doing.transform(done -> Future.succeededFuture());
    doing
        .onFailure(cause -> LOG.debug("{}: {}", name, cause.toString()))
        .otherwise(false)
        .onSuccess(more -> goOn(more, round));
  }

  private void goOn(boolean more, Supplier<Future<Boolean>> round) {
    if (!stopped) {
      (more ? Future.succeededFuture() : pause.get()).onSuccess(over -> next(round));
    }
  }

  /** No round begins any more; completes when the last one has ended. */
  public Future<Void> stop() {
    stopped = true;
    return underWay;
  }
}
