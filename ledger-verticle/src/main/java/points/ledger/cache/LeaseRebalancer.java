package points.ledger.cache;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import points.cluster.peer.Peers;
import points.cluster.timing.Timers;
import points.ledger.model.MemberKey;
import points.ledger.wire.MemberName;

/**
 * Releases this node's leases on members that another node owns now, because a node has joined or
 * left. Otherwise the new owner would have to ask for each lease when it first needs it.
 */
public final class LeaseRebalancer {

  private static final long PERIOD_MS = 1_000;

  private static final int LEASES_AT_ONCE = 1_000;

  private final Timers timers;
  private final Peers peers;
  private final MemberStateCache states;
  private final Consumer<List<MemberKey>> release;
  private long seenOwnership;

  /**
   * @param release has the lanes finish what they do on these members and release their leases
   */
  public LeaseRebalancer(
      Vertx vertx, Peers peers, MemberStateCache states, Consumer<List<MemberKey>> release) {
    this.timers = new Timers(vertx);
    this.peers = peers;
    this.states = states;
    this.release = release;
    this.seenOwnership = peers.ownership();
  }

  /** Starts to check, once a second. */
  public void start() {
    timers.every(PERIOD_MS, this::check);
  }

  /** Checks no more. */
  public void stop() {
    timers.stop();
  }

  private void check() {
    long ownership = peers.ownership();
    if (ownership != seenOwnership) {
      seenOwnership = ownership;
      List<MemberKey> moved =
          states.remembered().stream()
              .filter(member -> !peers.ownerOf(MemberName.of(member)).equals(peers.self()))
              .toList();
      for (int from = 0; from < moved.size(); from += LEASES_AT_ONCE) {
        release.accept(moved.subList(from, Math.min(moved.size(), from + LEASES_AT_ONCE)));
      }
    }
  }
}
