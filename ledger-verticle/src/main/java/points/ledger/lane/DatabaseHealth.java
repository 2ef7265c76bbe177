package points.ledger.lane;

import points.ledger.domain.Outcome.Cause;

/**
 * Whether the database takes a lane's batches, as far as the lane knows, and when to try again.
 *
 * <p>Only what proves it ends its being away: a batch that was written, or a new connection, of
 * which the writer takes none that is read-only. A read proves nothing; Hazelcast may have answered
 * it.
 *
 * <p>A refusal on an open connection (a full disk, say) cannot be looked into without writing. It
 * is believed for some seconds, so that a lane with nothing to write does not call itself well at
 * once; after that the next batch decides.
 */
final class DatabaseHealth {

  static final long RETRY_PAUSE_NANOS = 50_000_000;
  static final long REFUSAL_NANOS = 5_000_000_000L;

  private final LaneClock clock;
  private volatile boolean disconnected = true;
  private volatile long refusedUntil;
  private long nextTry;

  DatabaseHealth(LaneClock clock) {
    this.clock = clock;
    this.refusedUntil = clock.nanos();
    this.nextTry = clock.nanos();
  }

  /** Any thread. */
  boolean isAway() {
    return disconnected || clock.nanos() - refusedUntil < 0;
  }

  /** What somebody is told whose command is not applied now. Any thread. */
  Cause whyNot() {
    return isAway() ? Cause.UNAVAILABLE : Cause.OVERLOADED;
  }

  /** Whether the pause after the last failure is over. */
  boolean mayTry() {
    return clock.nanos() - nextTry >= 0;
  }

  /** A batch was written, or there is a new connection that may write. */
  void reached() {
    disconnected = false;
    refusedUntil = clock.nanos();
  }

  /** There is no connection to be had: away until there is one. */
  void notConnected() {
    disconnected = true;
    pause();
  }

  /** It did not take a batch, or did not answer a read. */
  void refused() {
    refusedUntil = clock.nanos() + REFUSAL_NANOS;
    pause();
  }

  private void pause() {
    nextTry = clock.nanos() + RETRY_PAUSE_NANOS;
  }
}
