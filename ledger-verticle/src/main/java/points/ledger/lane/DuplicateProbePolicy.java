package points.ledger.lane;

/**
 * Whether commands are looked for in the database before they are written. Repeated commands come
 * in company: after one, every command is looked for, for a while.
 */
final class DuplicateProbePolicy {

  private static final long LOOK_NANOS = 10_000_000_000L;

  private final LaneClock clock;
  private long until;

  DuplicateProbePolicy(LaneClock clock) {
    this.clock = clock;
    this.until = clock.nanos();
  }

  /** A command was repeated, or a batch has failed, whose commands may come again. */
  void repeated() {
    until = clock.nanos() + LOOK_NANOS;
  }

  boolean looks() {
    return clock.nanos() - until < 0;
  }
}
