package points.cluster.peer;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/**
 * View of the cluster's nodes from this node. All methods may be called from any thread, for every
 * request; none blocks.
 *
 * <p>Correctness does not depend on it: two nodes may each think that they own a member, for a
 * moment or for as long as a split lasts. {@link #isConverged} is strict, because reads from the
 * cache depend on it.
 */
public interface Peers {

  /** This node's id. */
  String self();

  /** Whether this node runs alone: no other node can join it. */
  boolean isAlone();

  /** The id of the node that decides on a member now, by the member's key in the state cache. */
  String ownerOf(String key);

  /** A count that rises whenever the owner of some members may have changed. */
  long ownership();

  /** Whether another node has answered within the last second. */
  boolean isResponsive(String node);

  /**
   * Whether another node takes commands: it answers, and its last heartbeat said that its ledger
   * writes. A command sent to a node that does not would wait in vain.
   */
  boolean takesCommands(String node);

  /** Sets whether this node's heartbeats say that it takes commands; at first they do not. */
  void announce(boolean takesCommands);

  /**
   * Returns whether the shared cache holds the newest state of every member, as this node sees it.
   *
   * <p>It does if each other node has answered in the last 600 ms, no node is missing, and no node
   * has committed changes that the others cannot see. If not, a cached state may be stale.
   *
   * <p>A node waits longer than that, one second, before it decides on a member that a silent node
   * owns. So the silent node stops serving cached states before another node changes them.
   */
  boolean isConverged();

  /**
   * Announces to the other nodes that this node has committed changes which they cannot see. Until
   * {@link #announcePublished}, no node is converged.
   *
   * @return completes when every other node knows it, or has stopped being converged because this
   *     node was silent
   */
  Future<Void> announceUnpublished();

  /** Announces that the other nodes can see everything that this node has committed. */
  void announcePublished();

  /** The cluster's time: this machine's clock, corrected by that of the oldest node. */
  Instant now();

  /** The ids of the nodes in the cluster, this node's included. */
  Set<String> present();

  /** The ids of nodes that left without an announcement: dead, or alive and cut off. */
  Set<String> missing();

  /** Declares a missing node dead, so that this node can be converged without it. */
  void declareDead(String node);
}
