package points.ledger.lane;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.ledger.command.Outcome.Cause;

/**
 * Knows whether PostgreSQL takes a lane's batches, and when to try again.
 *
 * <p>An outage ends when a batch is written, or when a new connection that may write is open. A
 * successful read does not end it, because a cache may have answered.
 *
 * <p>Example: the disk is full, and a batch fails over an open connection. For some seconds the
 * database counts as away, so that a lane without commands does not report itself healthy at once.
 * Then the next batch tries.
 */
final class DatabaseHealth {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

  /**
   * Pause after a failure, the same however many there were.
   *
   * <p>Each lane has one connection, so twenty tries a second are a small load, and longer pauses
   * would only prolong the outage for callers.
   */
  static final Duration RETRY_PAUSE = Duration.ofMillis(50);

  static final long FAILURE_NANOS = 5_000_000_000L;

  private final LaneClock clock;
  private final CountedLog unconnected;
  private volatile boolean disconnected = true;
  private volatile long failedUntil;
  private long nextTry;

  DatabaseHealth(LaneClock clock) {
    this.clock = clock;
    this.unconnected = new CountedLog(clock::nanos);
    this.failedUntil = clock.nanos();
    this.nextTry = clock.nanos();
  }

  /** Any thread. */
  boolean isAway() {
    return disconnected || clock.nanos() - failedUntil < 0;
  }

  /** The cause that a caller is given whose command is not applied now. Any thread. */
  Cause whyNot() {
    return isAway() ? Cause.UNAVAILABLE : Cause.OVERLOADED;
  }

  /** Whether the pause after the last failure is over. */
  boolean mayTry() {
    return clock.nanos() - nextTry >= 0;
  }

  /** Notes a written batch, or a new connection that may write. */
  void reached() {
    disconnected = false;
    failedUntil = clock.nanos();
  }

  /** Notes a failed connection: away until one succeeds. */
  void notConnected(Throwable cause) {
    unconnected.count(
        tries ->
            LOG.warn(
                "lane has no connection to PostgreSQL and tries again, see PointsNodeNotReady in"
                    + " the runbook: {} ({} tries since the last such line)",
                cause.toString(),
                tries));
    disconnected = true;
    pause();
  }

  /** Notes a batch or a read that failed over an open connection. */
  void failed() {
    failedUntil = clock.nanos() + FAILURE_NANOS;
    pause();
  }

  private void pause() {
    nextTry = clock.nanos() + RETRY_PAUSE.toNanos();
  }
}
