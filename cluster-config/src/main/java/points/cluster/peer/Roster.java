package points.cluster.peer;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The other nodes: who is there, who answers, who is missing. What it tells follows from what it
 * was told and from the time alone. Thread-safe.
 */
final class Roster {

  /** Past so long a silence of any node, this one no longer knows what all others do. */
  static final Duration WHOLE_MAX = Duration.ofMillis(600);

  /**
   * Past so long a silence a node is passed over. Longer than {@link #WHOLE_MAX} by two rounds of
   * asking: a node that is passed over has noticed before that nobody answers it.
   */
  static final Duration PASSED_OVER_AFTER = Duration.ofSeconds(1);

  /**
   * For so long after a merge nobody is whole. While partitions move, a commit may be answered that
   * the others cannot see; whoever wrote it shows it within a second. In another second each node
   * counts anew who writes.
   */
  static final Duration SETTLED_AFTER = Duration.ofSeconds(3);

  private final Map<String, Peer> present = new ConcurrentHashMap<>();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanos;

  /**
   * Until when this node is whole if it hears nothing more.
   *
   * @param complete whether it is at all
   */
  private record Whole(boolean complete, long until) {}

  private volatile Whole whole;
  private volatile boolean merging;
  private volatile boolean unsettled;
  private volatile long settledFrom;
  private volatile int view;

  /**
   * @param nanos counts time, like {@link System#nanoTime}
   */
  Roster(LongSupplier nanos) {
    this.nanos = nanos;
    this.whole = new Whole(true, nanos.getAsLong());
    this.settledFrom = nanos.getAsLong();
  }

  void joined(String node) {
    present.computeIfAbsent(node, id -> new Peer(nanos.getAsLong()));
    leaving.remove(node);
    review();
  }

  /** It said that it is about to leave: it has answered all that it took on, and takes nothing. */
  void leaves(String node) {
    leaving.add(node);
    review();
  }

  void left(String node) {
    boolean wasPresent = present.remove(node) != null;
    boolean saidSo = leaving.remove(node);
    if (wasPresent && !saidSo) {
      missing.add(node);
    }
    review();
  }

  /** Who is in the cluster, as this node sees it, as a hash. */
  void view(int hash) {
    view = hash;
    review();
  }

  int view() {
    return view;
  }

  void gone(String node) {
    missing.remove(node);
    review();
  }

  void answered(String node, Greeting said, long askedNanos) {
    Peer peer = present.get(node);
    if (peer != null) {
      peer.answered(said, askedNanos);
      if (said.settled()) {
        missing.remove(node); // it is back, with all that it decided meanwhile
      }
      review();
    }
  }

  /** This node begins to bring in what it decided by itself. */
  void merging() {
    merging = true;
    review();
  }

  /** Hazelcast has brought it in, or has given up. */
  void merged() {
    settledFrom = nanos.getAsLong() + SETTLED_AFTER.toNanos();
    merging = false;
    review();
  }

  /** Whether this node has committed what the others cannot see. */
  void setUnsettled(boolean isSo) {
    unsettled = isSo;
    review();
  }

  boolean isSettled() {
    return !merging && !unsettled && nanos.getAsLong() - settledFrom >= 0;
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  boolean answers(String node) {
    Peer peer = present.get(node);
    return peer != null && answers(peer);
  }

  private boolean answers(Peer peer) {
    Peer.Word last = peer.last();
    return !last.isNew() && last.silenceNanos(nanos.getAsLong()) < PASSED_OVER_AFTER.toNanos();
  }

  boolean takesCommands(String node) {
    Peer peer = present.get(node);
    return peer != null
        && peer.last().greeting().takesCommands()
        && !leaving.contains(node)
        && answers(peer);
  }

  boolean isWhole() {
    Whole now = whole;
    return now.complete && (present.isEmpty() || nanos.getAsLong() - now.until < 0);
  }

  Set<String> missing() {
    return Set.copyOf(missing);
  }

  Set<String> present() {
    return Set.copyOf(present.keySet());
  }

  /** Called whenever something has changed, and every few moments for those that stay silent. */
  synchronized void review() {
    long now = nanos.getAsLong();
    boolean all = isSettled() && missing.isEmpty();
    long silence = 0;
    for (Map.Entry<String, Peer> entry : present.entrySet()) {
      if (!leaving.contains(entry.getKey())) {
        Peer.Word last = entry.getValue().last();
        all &= !last.isNew() && last.greeting().settled() && last.greeting().view() == view;
        silence = Math.max(silence, last.silenceNanos(now));
      }
    }
    whole = new Whole(all, now - silence + WHOLE_MAX.toNanos());
  }

  int size() {
    return present.size();
  }
}
