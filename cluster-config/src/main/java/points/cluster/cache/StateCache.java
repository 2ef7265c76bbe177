package points.cluster.cache;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Cache of busy members' states, shared by the nodes. Each member has one entry: its newest
 * published state, and a lease that names the node which decides on this member at present.
 *
 * <p><b>Correctness does not depend on this cache.</b> PostgreSQL checks the sequence of every
 * write. A lease only keeps two nodes from deciding on one member at the same time, when one of
 * them would be refused; a state only saves a query. Hazelcast may drop entries at any moment
 * (eviction, a lost node), and two nodes may hold one lease (a pause, a split). Deleting all
 * entries at any time harms no write.
 *
 * <p>Every call may be repeated with the same effect. None blocks: all may be called from an event
 * loop, and each future completes on the context it was called from. A future fails when the
 * cluster does not answer within its limits; whether the call had its effect is then unknown, which
 * is harmless as well.
 */
public interface StateCache {

  /**
   * Takes leases for this node.
   *
   * <p>A lease is granted if it is free or has run out, if this node holds it (it is extended
   * then), or if its holder is no longer in the cluster. A key given twice counts once.
   *
   * @return an answer for every key
   */
  Future<Map<String, LeaseResult>> acquire(Collection<String> keys);

  /**
   * Publishes states just committed, each only if its sequence is higher than the cached one.
   *
   * <p>Leases that this node holds on these members are extended; other nodes' leases stay, and
   * none is taken. When the future succeeds, every later {@link #read} returns these states or
   * newer ones, as long as they are cached.
   */
  Future<Void> publish(Map<String, CachedState> newest);

  /**
   * The newest published state; empty when none is remembered, which says nothing of the member.
   */
  Future<Optional<CachedState>> read(String key);

  /** Ends leases held by this node; states and other nodes' leases stay. */
  Future<Void> release(Collection<String> keys);

  /** Drops all entries on all nodes. */
  Future<Void> clear();
}
