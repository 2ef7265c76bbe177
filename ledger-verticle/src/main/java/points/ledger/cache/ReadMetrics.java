package points.ledger.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts reads of members' states by their source. */
public final class ReadMetrics {

  private final Counter memory;
  private final Counter cluster;
  private final Counter database;
  private final Counter stale;

  public ReadMetrics(MeterRegistry meters) {
    this.memory = counter(meters, "memory");
    this.cluster = counter(meters, "cluster");
    this.database = counter(meters, "database");
    this.stale = counter(meters, "stale");
  }

  private static Counter counter(MeterRegistry meters, String from) {
    return Counter.builder("points.reads")
        .description("states of members read, by where they came from; stale: may be old")
        .tag("from", from)
        .register(meters);
  }

  void memory() {
    memory.increment();
  }

  void cluster() {
    cluster.increment();
  }

  void database() {
    database.increment();
  }

  void stale() {
    stale.increment();
  }
}
