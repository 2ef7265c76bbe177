package points.postgres;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server running: starts it again whenever it ends by itself, until told to end. Never
 * gives up, but waits longer each time while starts fail or do not last.
 */
final class Watcher {
  /** Starts a server in place of one that ended. */
  interface Launch {
    Postmaster launch() throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /** A server that ran for so long counts as healthy, and the next pause is the shortest again. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final Launch launch;
  private final Thread thread;
  private volatile Postmaster current;
  private volatile int restarts; // written by the watching thread only

  private Watcher(Postmaster first, Launch launch) {
    this.current = first;
    this.launch = launch;
    this.thread = new Thread(this::watch, "postgres-watcher");
    this.thread.setDaemon(true);
  }

  static Watcher over(Postmaster first, Launch launch) {
    Watcher watcher = new Watcher(first, launch);
    watcher.thread.start();
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
    thread.interrupt();
    thread.join();
  }

  private void watch() {
    try {
      Duration pause = PAUSE_MIN;
      while (true) {
        long since = System.nanoTime();
        int exitCode = current.awaitEnd();
        LOG.error("PostgreSQL process {} ended, exit code {}", current.pid(), exitCode);
        if (System.nanoTime() - since > STEADY.toNanos()) {
          pause = PAUSE_MIN;
        }
        pause = startAgain(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer watching PostgreSQL");
    }
  }

  /** Tries until a server runs. Returns the pause to make should that one not last. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private Duration startAgain(Duration firstPause) throws InterruptedException {
    Duration pause = firstPause;
    while (true) {
      Thread.sleep(pause.toMillis());
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      try {
        current = launch.launch();
        restarts++;
        LOG.warn("PostgreSQL runs again as process {}", current.pid());
        return pause;
      } catch (IOException | RuntimeException e) {
        LOG.error("PostgreSQL did not start again, next try in {} ms", pause.toMillis(), e);
      }
    }
  }
}
