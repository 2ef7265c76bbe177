package points.ledger.cache;

import points.cluster.cache.StateCache;

/**
 * The cluster's shared cache, and its terms of use.
 *
 * @param states the states and leases that the nodes share
 * @param consistency whether these states are the last committed ones
 * @param handover asks another node for a lease
 */
public record ClusterCache(
    StateCache states, ReadConsistency consistency, LeaseHandover handover) {}
