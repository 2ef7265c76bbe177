package points.cluster.peer;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/**
 * The nodes of the cluster as this one sees them. May be asked from any thread, for every request;
 * nothing waits.
 *
 * <p>Like the rest of the cluster it makes nothing right: two nodes may each think themselves the
 * owner of a member, for a moment or for as long as a split lasts. What it does say with care is
 * whether it can know ({@link #isWhole}).
 */
public interface Peers {

  /** This node's id. */
  String self();

  /** Whether nobody can ever join this node. */
  boolean isAlone();

  /** The node that decides on a member now, by its key in the state cache. */
  String ownerOf(String key);

  /** Goes up whenever members may have come to be owned by another node. */
  long ownership();

  /** Whether another node has answered within the last second. */
  boolean answers(String node);

  /**
   * Whether another node takes commands: it answers, and has said that its ledger is well. What is
   * sent to one that does not may wait for nothing.
   */
  boolean takesCommands(String node);

  /** Tells the other nodes, from now on, whether this one takes commands; at first it does not. */
  void announce(boolean takesCommands);

  /**
   * Whether this node knows what all others do: each has answered lately, none is missing that did
   * not say that it leaves, and none has committed what the others cannot see: what it decided by
   * itself and still brings in, or could not publish. If not, what the cluster remembers of a
   * member may be old.
   *
   * <p>A node that gets no answer waits longer than this before it decides on a member of another:
   * whoever is passed over knows by then that it may be.
   */
  boolean isWhole();

  /**
   * Tells the other nodes, until {@link #tellSettled}, that this one has committed what they cannot
   * see: nobody is whole meanwhile, nor is this node.
   *
   * @return completes when all others know it, or have heard nothing of this node for so long that
   *     they are not whole for that reason
   */
  Future<Void> tellUnsettled();

  /** They can see all that it has committed. */
  void tellSettled();

  /** The cluster's time: that of this machine, put right by what its oldest node says. */
  Instant now();

  /** The ids of the nodes that are in the cluster now, this one's among them. */
  Set<String> present();

  /** Nodes that went without a word: they may be dead, or cut off and alive. */
  Set<String> missing();

  /** A missing node is known to be no more, so that it need not be counted with. */
  void gone(String node);
}
