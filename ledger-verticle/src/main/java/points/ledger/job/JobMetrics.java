package points.ledger.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the work of a job on this node. */
final class JobMetrics {

  private final Counter members;
  private final Counter results;

  private JobMetrics(Counter members, Counter results) {
    this.members = members;
    this.results = results;
  }

  static JobMetrics ofSweep(MeterRegistry meters) {
    return new JobMetrics(
        counter(meters, "points.sweep.members", "members for whom something was due"),
        counter(meters, "points.sweep.entries", "entries that say what time has done"));
  }

  static JobMetrics ofAudit(MeterRegistry meters) {
    return new JobMetrics(
        counter(meters, "points.audit.members", "members whose entries were folded again"),
        counter(meters, "points.audit.differences", "what rows have that entries do not give"));
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  /** One more member is done, and this has come of it. */
  void done(long came) {
    members.increment();
    results.increment((double) came);
  }
}
