package points.ledger.job;

import java.time.Duration;

/**
 * The speed of the background jobs.
 *
 * @param sweepPerSecond members for whom something is written down, 1 to 100,000
 * @param auditPerSecond members whose entries are folded again, up to 10,000; 0 for none
 * @param pageMax members looked at by one statement
 * @param looksEvery how often a node sees whether a job is due
 */
public record JobOptions(int sweepPerSecond, int auditPerSecond, int pageMax, Duration looksEvery) {

  public static final int SWEEP_MAX = 100_000;
  public static final int AUDIT_MAX = 10_000;

  private static final int PAGE = 1_000;
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  public JobOptions {
    if (sweepPerSecond < 1 || sweepPerSecond > SWEEP_MAX) {
      throw new IllegalArgumentException("sweepPerSecond must be 1 to " + SWEEP_MAX);
    }
    if (auditPerSecond < 0 || auditPerSecond > AUDIT_MAX) {
      throw new IllegalArgumentException("auditPerSecond must be 0 to " + AUDIT_MAX);
    }
    if (pageMax < 1 || pageMax > PAGE) {
      throw new IllegalArgumentException("pageMax must be 1 to " + PAGE);
    }
  }

  public JobOptions(int sweepPerSecond, int auditPerSecond) {
    this(sweepPerSecond, auditPerSecond, PAGE, LOOKS_EVERY);
  }
}
