package points.ledger.lane;

/**
 * Decides whether a batch looks for its commands in the ledger before it writes them.
 *
 * <p>Duplicates come in groups, after an outage for example. Once a batch has met one, batches look
 * for ten seconds.
 */
final class DuplicateProbePolicy {

  private static final long PROBE_NANOS = 10_000_000_000L;

  private final LaneClock clock;
  private long until;

  DuplicateProbePolicy(LaneClock clock) {
    this.clock = clock;
    this.until = clock.nanos();
  }

  /** Notes a duplicate, or a failed batch, whose commands may be sent again. */
  void duplicateSeen() {
    until = clock.nanos() + PROBE_NANOS;
  }

  boolean isProbing() {
    return clock.nanos() - until < 0;
  }
}
