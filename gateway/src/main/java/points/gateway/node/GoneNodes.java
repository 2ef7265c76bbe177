package points.gateway.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.cluster.peer.Peers;

/**
 * The nodes that this node has seen go.
 *
 * <p>A dead node is forgotten by the cluster a few seconds after its end. People would then see
 * only nodes that are well, so each is remembered here for an hour, or until a node runs at its
 * address again. Thread-safe.
 */
final class GoneNodes {

  static final Duration KEPT = Duration.ofHours(1);
  static final int KEPT_MAX = 20;

  private final Peers peers;

  /** The address of each node that was in the cluster at the last look; empty until it reports. */
  private final Map<String, String> present = new HashMap<>();

  private final Map<String, GoneNode> gone = new HashMap<>();

  GoneNodes(Peers peers) {
    this.peers = peers;
  }

  /** Looks which nodes came and went since the last look. */
  synchronized void look() {
    Set<String> now = peers.present();
    Set<String> missing = peers.missing();
    Instant at = peers.now();
    for (String nodeId : new HashSet<>(present.keySet())) {
      if (!now.contains(nodeId)) {
        String address = present.remove(nodeId);
        gone.put(nodeId, new GoneNode(nodeId, at, true, "".equals(address) ? null : address));
      }
    }
    for (String nodeId : now) {
      gone.remove(nodeId); // it was cut off, and is back
      present.putIfAbsent(nodeId, "");
    }
    for (String nodeId : missing) {
      gone.merge(nodeId, new GoneNode(nodeId, at, false, null), GoneNode::and);
    }
    gone.values().removeIf(it -> it.since().isBefore(at.minus(KEPT)));
    gone.values().stream()
        .sorted(Comparator.comparing(GoneNode::since).reversed())
        .skip(KEPT_MAX)
        .toList()
        .forEach(it -> gone.remove(it.nodeId()));
  }

  /**
   * Notes where a node runs. One that ran there before has been replaced by it. A report that comes
   * after its node has gone changes nothing.
   */
  synchronized void isAt(String nodeId, String address) {
    if (present.replace(nodeId, address) != null) {
      gone.values().removeIf(it -> address.equals(it.address()));
    }
  }

  /** Returns the nodes that have not reported yet. */
  synchronized List<String> unknown() {
    return present.entrySet().stream()
        .filter(it -> it.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized List<GoneNode> gone() {
    return List.copyOf(gone.values());
  }
}
