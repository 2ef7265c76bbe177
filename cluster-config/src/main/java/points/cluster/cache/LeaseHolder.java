package points.cluster.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * This node as the holder of leases.
 *
 * @param node its id
 * @param present the ids of all nodes now in the cluster, its own among them
 * @param clock the cluster's time
 * @param lease how long a lease runs
 */
record LeaseHolder(UUID node, Supplier<Set<UUID>> present, InstantSource clock, Duration lease) {

  AcquireLease acquire() {
    Instant now = clock.instant();
    return new AcquireLease(
        node, present.get(), now.toEpochMilli(), now.plus(lease).toEpochMilli());
  }

  PublishState publish(Map<String, CachedState> newest) {
    return new PublishState(newest, node, clock.instant().plus(lease).toEpochMilli());
  }

  ReleaseLease release() {
    return new ReleaseLease(node);
  }
}
