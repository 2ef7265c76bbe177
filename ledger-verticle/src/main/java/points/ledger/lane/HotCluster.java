package points.ledger.lane;

import points.cluster.hot.HotMembers;

/**
 * The other nodes, as the lanes have to do with them.
 *
 * @param members what all remember together
 * @param certainty whether that is what was last committed
 * @param handOver how a lease is had from a node that holds it
 */
public record HotCluster(HotMembers members, Certainty certainty, HandOver handOver) {}
