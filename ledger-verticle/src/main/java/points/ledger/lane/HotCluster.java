package points.ledger.lane;

import points.cluster.cache.StateCache;

/**
 * The other nodes, as the lanes have to do with them.
 *
 * @param members what all remember together
 * @param certainty whether that is what was last committed
 * @param handOver how a lease is had from a node that holds it
 */
public record HotCluster(StateCache members, Certainty certainty, HandOver handOver) {}
