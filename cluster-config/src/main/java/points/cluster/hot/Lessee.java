package points.cluster.hot;

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
record Lessee(UUID node, Supplier<Set<UUID>> present, InstantSource clock, Duration lease) {

  Take take() {
    Instant now = clock.instant();
    return new Take(node, present.get(), now.toEpochMilli(), now.plus(lease).toEpochMilli());
  }

  Publish publish(Map<String, Hot> newest) {
    return new Publish(newest, node, clock.instant().plus(lease).toEpochMilli());
  }

  GiveUp giveUp() {
    return new GiveUp(node);
  }
}
