package points.ledger.cache;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.model.MemberKey;

/**
 * Members whose cached state may be outdated, so that this node reads them from PostgreSQL only.
 *
 * <ul>
 *   <li><em>Suspect</em>: this node does not know whether its batch for the member was committed.
 *   <li><em>Unpublished</em>: this node has committed a state that the cluster does not have. Other
 *       nodes cannot know that by themselves, so while there is such a member, none of them may
 *       serve cached states.
 * </ul>
 *
 * <p>Suspicions are numbered; a {@link SuspicionMark} says which of them a state may end.
 * Thread-safe.
 */
final class SuspectMembers {

  private static final Logger LOG = LoggerFactory.getLogger(SuspectMembers.class);

  /** The newest suspicion about each suspect member. */
  private final ConcurrentMap<MemberKey, SuspicionMark> suspect = new ConcurrentHashMap<>();

  private final AtomicLong newest = new AtomicLong(SuspicionMark.BEFORE_ALL.number());

  /** Newest sequences that the cluster does not have. */
  private final ConcurrentMap<MemberKey, Long> unpublished = new ConcurrentHashMap<>();

  private final ReadConsistency consistency;

  /** Completes when no node serves cached states; null while nothing is unpublished. */
  private @Nullable Future<Void> announced;

  SuspectMembers(ReadConsistency consistency) {
    this.consistency = consistency;
  }

  boolean has(MemberKey member) {
    return suspect.containsKey(member) || unpublished.containsKey(member);
  }

  /** Marks the beginning of a read or a publication, which ends the suspicions until now. */
  SuspicionMark mark() {
    return new SuspicionMark(newest.get());
  }

  /** Whether the member became suspect after that mark. */
  boolean hasSince(MemberKey member, SuspicionMark mark) {
    return suspect.getOrDefault(member, SuspicionMark.BEFORE_ALL).isAfter(mark);
  }

  int size() {
    return suspect.size() + unpublished.size();
  }

  /** At most so many of them. */
  List<MemberKey> some(int max) {
    return Stream.concat(suspect.keySet().stream(), unpublished.keySet().stream())
        .distinct()
        .limit(max)
        .toList();
  }

  /** At most so many unpublished members, with their sequences. */
  Map<MemberKey, Long> someUnpublished(int max) {
    var some = new HashMap<MemberKey, Long>();
    unpublished.entrySet().stream().limit(max).forEach(it -> some.put(it.getKey(), it.getValue()));
    return some;
  }

  /** Makes a member suspect: its state in memory or in the cluster may be outdated. */
  synchronized void suspect(MemberKey member) {
    suspect.put(member, new SuspicionMark(newest.incrementAndGet()));
  }

  /**
   * Adds commits that the cluster does not have.
   *
   * @return completes when callers may be answered, because no node serves cached states any more
   */
  synchronized Future<Void> addUnpublished(Map<MemberKey, Long> sequences) {
    sequences.forEach((member, sequence) -> unpublished.merge(member, sequence, Math::max));
    if (announced == null) {
      LOG.warn(
          "{} members not published to the cluster; all nodes read balances from PostgreSQL until"
              + " all members are published again; for longer than a minute see"
              + " PointsClusterNotWhole in the runbook",
          sequences.size());
      announced = consistency.announceUnpublished();
    }
    return announced;
  }

  /**
   * Ends the suspicions about a member of which the cluster has this sequence.
   *
   * @param begun {@link #mark} when the state began to be read or published
   */
  void resolve(MemberKey member, long sequence, SuspicionMark begun) {
    if (has(member)) {
      remove(member, sequence, begun);
    }
  }

  private synchronized void remove(MemberKey member, long sequence, SuspicionMark begun) {
    suspect.computeIfPresent(
        member, (it, suspicion) -> suspicion.isAfter(begun) ? suspicion : null);
    unpublished.computeIfPresent(member, (it, wanted) -> sequence >= wanted ? null : wanted);
    announceIfAllPublished();
  }

  /** Ends all unpublished members: the shared cache was cleared. */
  synchronized void clearUnpublished() {
    unpublished.clear();
    announceIfAllPublished();
  }

  private void announceIfAllPublished() {
    if (unpublished.isEmpty() && announced != null) {
      LOG.info("all members are published again; nodes may serve cached balances");
      announced = null;
      consistency.announcePublished();
    }
  }
}
