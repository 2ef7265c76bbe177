package points.cluster.hot;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes remember together about busy members. Each member has one entry: its newest
 * published state, and the lease that says which node decides on it at present.
 *
 * <p><b>Nothing here makes anything right.</b> The sequence check of the database does. A lease
 * only saves two nodes from deciding the same and one of them for nothing; a state only saves a
 * query. Entries vanish at any moment (eviction, a lost node) and leases may be held twice (a
 * pause, a split); deleting all of them at any time harms no write.
 *
 * <p>Every call may be repeated with the same effect. None blocks: all may be called from an event
 * loop, and each future completes on the context it was called from. A future fails when the
 * cluster does not answer within its limits; whether the call had its effect is then unknown, which
 * is harmless as well.
 */
public interface HotMembers {

  /**
   * Takes leases for this node. One is granted if it is free, has run out, or is held by this node
   * (which extends it) or by a node no longer in the cluster. Keys given twice count once.
   *
   * @return an answer for every key
   */
  Future<Map<String, Taken>> take(Collection<String> keys);

  /**
   * Remembers states just committed, each only where its sequence is higher than the remembered
   * one, and extends the leases this node holds on these members. Others' leases stay as they are,
   * and none is taken. When the future succeeds, every later {@link #read} shows these states or
   * newer ones for as long as they are remembered.
   */
  Future<Void> publish(Map<String, Hot> newest);

  /**
   * The newest published state; empty when none is remembered, which says nothing of the member.
   */
  Future<Optional<Hot>> read(String key);

  /** Ends leases held by this node; states and other nodes' leases stay. */
  Future<Void> giveUp(Collection<String> keys);

  /** Drops a member's entry, state and lease. */
  Future<Void> forget(String key);

  /** Drops all entries on all nodes. */
  Future<Void> clear();
}
