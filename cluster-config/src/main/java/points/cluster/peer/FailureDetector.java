package points.cluster.peer;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Failure detector: which nodes are in the cluster, which of them answer, and which are missing.
 * Its results depend only on the events that it was given and on the time. Thread-safe.
 *
 * <p>Example: node B stops answering at 0 ms. At 600 ms this node is no longer converged, and reads
 * balances from PostgreSQL. At 1,000 ms it stops sending commands to B and decides on B's members
 * itself. When Hazelcast removes B from the cluster, B counts as missing, unless it had announced
 * that it leaves.
 */
final class FailureDetector {

  /** Longest silence of any node up to which this node is converged. */
  static final Duration SILENCE_MAX = Duration.ofMillis(600);

  /**
   * Silence after which other nodes decide in place of the silent one.
   *
   * <p>It is two heartbeats longer than {@link #SILENCE_MAX}, so that a node that is cut off
   * notices first and no longer serves cached states.
   */
  static final Duration UNRESPONSIVE_AFTER = Duration.ofSeconds(1);

  /**
   * Time after a merge of Hazelcast during which no node is converged.
   *
   * <p>While partitions move, a node may acknowledge a commit that other nodes cannot see yet; it
   * publishes that commit again within a second. In another second each node has counted again
   * which nodes write.
   */
  static final Duration CONVERGED_AFTER = Duration.ofSeconds(3);

  private final Map<String, PeerStatus> present = new ConcurrentHashMap<>();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanos;

  /**
   * Result of the last review.
   *
   * @param isComplete whether all nodes are present, have published everything and miss nobody
   * @param untilNanos when this node stops being converged if it gets no more heartbeats
   */
  private record Convergence(boolean isComplete, long untilNanos) {}

  private volatile Convergence convergence;
  private volatile boolean merging;
  private volatile boolean unpublished;
  private volatile long publishedFrom;
  private volatile int view;

  /**
   * @param nanos counts time, like {@link System#nanoTime}
   */
  FailureDetector(LongSupplier nanos) {
    this.nanos = nanos;
    this.convergence = new Convergence(true, nanos.getAsLong());
    this.publishedFrom = nanos.getAsLong();
  }

  void joined(String node) {
    present.computeIfAbsent(node, id -> new PeerStatus(nanos.getAsLong()));
    leaving.remove(node);
    review();
  }

  /** The node announced that it leaves: it has answered all its calls and takes no more. */
  void leaves(String node) {
    leaving.add(node);
    review();
  }

  void left(String node) {
    boolean wasPresent = present.remove(node) != null;
    boolean hasAnnounced = leaving.remove(node);
    if (wasPresent && !hasAnnounced) {
      missing.add(node);
    }
    review();
  }

  /** Sets the hash of this node's list of cluster members. */
  void view(int hash) {
    view = hash;
    review();
  }

  int view() {
    return view;
  }

  void declareDead(String node) {
    missing.remove(node);
    review();
  }

  void answered(String node, Heartbeat heartbeat, long askedNanos) {
    PeerStatus peer = present.get(node);
    if (peer != null) {
      peer.answered(heartbeat, askedNanos);
      if (heartbeat.publishedAll()) {
        missing.remove(node); // it is back, and has published what it decided meanwhile
      }
      review();
    }
  }

  /** Hazelcast begins to merge this node's side of a split into the other side. */
  void merging() {
    merging = true;
    review();
  }

  /** Hazelcast has merged, or has failed to. */
  void merged() {
    publishedFrom = nanos.getAsLong() + CONVERGED_AFTER.toNanos();
    merging = false;
    review();
  }

  /** Sets whether this node has committed changes that other nodes cannot see. */
  void setUnpublished(boolean hasUnpublished) {
    unpublished = hasUnpublished;
    review();
  }

  boolean hasPublishedAll() {
    return !merging && !unpublished && nanos.getAsLong() - publishedFrom >= 0;
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  boolean isResponsive(String node) {
    PeerStatus peer = present.get(node);
    return peer != null && isResponsive(peer);
  }

  private boolean isResponsive(PeerStatus peer) {
    PeerStatus.Report last = peer.last();
    return !last.isNew() && last.silenceNanos(nanos.getAsLong()) < UNRESPONSIVE_AFTER.toNanos();
  }

  boolean takesCommands(String node) {
    PeerStatus peer = present.get(node);
    return peer != null
        && peer.last().heartbeat().takesCommands()
        && !leaving.contains(node)
        && isResponsive(peer);
  }

  boolean isConverged() {
    Convergence now = convergence;
    return now.isComplete && (present.isEmpty() || nanos.getAsLong() - now.untilNanos < 0);
  }

  Set<String> missing() {
    return Set.copyOf(missing);
  }

  Set<String> present() {
    return Set.copyOf(present.keySet());
  }

  /**
   * Nodes to send heartbeats to: all that are present and have not announced their leave.
   *
   * <p>A node that leaves may have closed its port, and nothing depends on its answer any more.
   */
  Set<String> expectedToAnswer() {
    return present.keySet().stream()
        .filter(node -> !leaving.contains(node))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Decides anew whether this node is converged; called after each event. */
  synchronized void review() {
    long now = nanos.getAsLong();
    boolean all = hasPublishedAll() && missing.isEmpty();
    long silence = 0;
    for (Map.Entry<String, PeerStatus> entry : present.entrySet()) {
      if (!leaving.contains(entry.getKey())) {
        PeerStatus.Report last = entry.getValue().last();
        Heartbeat heartbeat = last.heartbeat();
        all &= !last.isNew() && heartbeat.publishedAll() && !heartbeat.missesNode();
        all &= heartbeat.view() == view;
        silence = Math.max(silence, last.silenceNanos(now));
      }
    }
    convergence = new Convergence(all, now - silence + SILENCE_MAX.toNanos());
  }

  int size() {
    return present.size();
  }
}
