package points.ledger;

import io.vertx.core.Vertx;
import java.util.List;
import points.cluster.peer.Peers;
import points.ledger.domain.MemberKey;
import points.ledger.lane.Lanes;
import points.ledger.lane.States;
import points.ledger.wire.MemberName;

/**
 * When members have come to be owned by another node, because one joined or left, this node gives
 * their leases up, so that the new owner need not ask for each.
 */
final class Relocation {

  private static final long PERIOD_MS = 1_000;

  /** Leases given up at a time. */
  private static final int CHUNK = 1_000;

  private final Peers peers;
  private final States states;
  private final Lanes lanes;
  private long seen;

  Relocation(Peers peers, States states, Lanes lanes) {
    this.peers = peers;
    this.states = states;
    this.lanes = lanes;
    this.seen = peers.ownership();
  }

  /** Looks once a second, until Vert.x is closed. */
  void begin(Vertx vertx) {
    vertx.setPeriodic(PERIOD_MS, id -> look());
  }

  private void look() {
    long ownership = peers.ownership();
    if (ownership != seen) {
      seen = ownership;
      List<MemberKey> moved =
          states.remembered().stream()
              .filter(member -> !peers.ownerOf(MemberName.of(member)).equals(peers.self()))
              .toList();
      for (int from = 0; from < moved.size(); from += CHUNK) {
        lanes.release(moved.subList(from, Math.min(moved.size(), from + CHUNK)));
      }
    }
  }
}
