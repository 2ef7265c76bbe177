package points.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.Backoff;

/**
 * Keeps a server running: starts it again whenever it ends by itself, until this is ended. Never
 * gives up, but waits longer each time while starts fail or do not last.
 */
final class Watcher {
  /** Starts a server in place of one that ended. */
  interface Launch {
    Postmaster launch() throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final Backoff PAUSES =
      Backoff.doubling(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** A server that ran for so long counts as healthy, and the next pause is the shortest again. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final Launch launch;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Watcher::daemon);
  private volatile Postmaster current;
  private volatile int restarts; // written by the watching thread only

  private Watcher(Postmaster first, Launch launch) {
    this.current = first;
    this.launch = launch;
  }

  static Watcher over(Postmaster first, Launch launch) {
    Watcher watcher = new Watcher(first, launch);
    watcher.thread.execute(watcher::watch);
    return watcher;
  }

  Postmaster current() {
    return current;
  }

  int restarts() {
    return restarts;
  }

  /** Returns when no server will be started any more; the current one is left as it is. */
  void end() throws InterruptedException {
    thread.shutdownNow();
    thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "postgres-watcher");
    thread.setDaemon(true);
    return thread;
  }

  private void watch() {
    try {
      int tries = 0;
      while (true) {
        long since = System.nanoTime();
        int exitCode = current.awaitEnd();
        LOG.error(
            "PostgreSQL process {} ended with exit code {} and is started again; postgres.log in"
                + " the data directory says why",
            current.pid(),
            exitCode);
        boolean wasSteady = System.nanoTime() - since > STEADY.toNanos();
        tries = startAgain(wasSteady ? 0 : tries);
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer watching PostgreSQL");
    }
  }

  /**
   * Tries until a server runs.
   *
   * @param before starts that failed, or did not last, since one that was steady
   * @return the same number after this
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private int startAgain(int before) throws InterruptedException {
    for (int tries = before + 1; ; tries++) {
      Thread.sleep(PAUSES.after(tries).toMillis()); // a pause between tries: nothing to wait for
      try {
        current = launch.launch();
        restarts++;
        LOG.warn("PostgreSQL runs again as process {}", current.pid());
        return tries;
      } catch (IOException | RuntimeException e) {
        Duration pause = PAUSES.after(tries + 1);
        LOG.error(
            "PostgreSQL did not start again, next try in {} ms; if it does not come, read"
                + " postgres.log in the data directory, and see PointsNobodyReady in the runbook",
            pause.toMillis(),
            e);
      }
    }
  }
}
