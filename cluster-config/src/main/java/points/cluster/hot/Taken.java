package points.cluster.hot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an attempt to take a member's lease, with what was found beside it.
 *
 * @param granted whether this node holds the lease now
 * @param holder the id of the node that holds it, this one's when granted
 * @param until when it runs out by the cluster's time unless extended, exclusive
 * @param hot the newest published state; absent when none is remembered
 */
public record Taken(boolean granted, String holder, Instant until, @Nullable Hot hot) {}
