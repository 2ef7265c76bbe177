package points.cluster.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Result of an attempt to acquire a member's lease, with the cached state found beside it.
 *
 * @param granted whether this node holds the lease now
 * @param holder the id of the node that holds it, this one's when granted
 * @param until when it runs out by the cluster's time unless extended, exclusive
 * @param cached the newest published state; absent when none is remembered
 */
public record LeaseResult(
    boolean granted, String holder, Instant until, @Nullable CachedState cached) {}
