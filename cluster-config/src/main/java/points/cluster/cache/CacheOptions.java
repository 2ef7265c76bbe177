package points.cluster.cache;

import java.time.Duration;

/**
 * Size and lifetimes of the state cache.
 *
 * @param lease how long a node keeps deciding on a member it neither writes nor takes again; 1
 *     second to 1 hour
 * @param idle when an untouched entry is dropped, in whole seconds; at least the lease, at most 7
 *     days
 * @param entriesMax entries a node keeps before it drops the least recently used, backups for other
 *     nodes not counted; at least 1,000. An entry takes about 250 bytes of heap and its state.
 */
public record CacheOptions(Duration lease, Duration idle, int entriesMax) {
  private static final Duration LEASE_MIN = Duration.ofSeconds(1);
  private static final Duration LEASE_MAX = Duration.ofHours(1);
  private static final Duration IDLE_MAX = Duration.ofDays(7);
  private static final int ENTRIES_FLOOR = 1_000;

  public CacheOptions {
    if (lease.compareTo(LEASE_MIN) < 0 || lease.compareTo(LEASE_MAX) > 0) {
      throw new IllegalArgumentException("lease is " + lease + "; give PT1S to PT1H");
    }
    if (idle.compareTo(lease) < 0 || idle.compareTo(IDLE_MAX) > 0 || idle.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "idle is " + idle + "; give whole seconds from the lease (" + lease + ") to P7D");
    }
    if (entriesMax < ENTRIES_FLOOR) {
      throw new IllegalArgumentException(
          "entriesMax is " + entriesMax + "; give at least " + ENTRIES_FLOOR);
    }
  }

  /** Leases of 30 seconds, entries dropped after 30 idle minutes or beyond 250,000. */
  public static CacheOptions defaults() {
    return new CacheOptions(Duration.ofSeconds(30), Duration.ofMinutes(30), 250_000);
  }
}
