package points.ledger.lane;

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
import points.ledger.domain.MemberKey;

/**
 * Members of which even the cluster's state may be old, so that this node asks only the database
 * for them: doubted, because it does not know what became of a batch; or unseen, because it has
 * committed what the others cannot see. No other node knows of the latter by itself, so as long as
 * there are any, all are told not to be certain of anything. Thread-safe.
 */
final class Doubts {

  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

  /** By the number of the doubt. */
  private final ConcurrentMap<MemberKey, Long> doubted = new ConcurrentHashMap<>();

  private final AtomicLong count = new AtomicLong();

  /** By the sequence that the others cannot see. */
  private final ConcurrentMap<MemberKey, Long> unseen = new ConcurrentHashMap<>();

  private final Certainty certainty;

  /** Completes when no node is certain any more; null while there is nothing unseen. */
  private @Nullable Future<Void> told;

  Doubts(Certainty certainty) {
    this.certainty = certainty;
  }

  boolean has(MemberKey member) {
    return doubted.containsKey(member) || unseen.containsKey(member);
  }

  /** The number of the newest doubt. What is read or published after this was asked ends it. */
  long newest() {
    return count.get();
  }

  /** Whether doubt about it has come up after that number was the newest. */
  boolean hasSince(MemberKey member, long newest) {
    return doubted.getOrDefault(member, 0L) > newest;
  }

  int size() {
    return doubted.size() + unseen.size();
  }

  /** At most so many of them. */
  List<MemberKey> some(int max) {
    return Stream.concat(doubted.keySet().stream(), unseen.keySet().stream())
        .distinct()
        .limit(max)
        .toList();
  }

  /** At most so many of which the others cannot see something, by its sequence. */
  Map<MemberKey, Long> someUnseen(int max) {
    var some = new HashMap<MemberKey, Long>();
    unseen.entrySet().stream().limit(max).forEach(it -> some.put(it.getKey(), it.getValue()));
    return some;
  }

  /** What is remembered of it may be old. Who wrote what is newer, if anybody, sees to that. */
  synchronized void add(MemberKey member) {
    doubted.put(member, count.incrementAndGet());
  }

  /**
   * These sequences are committed, and the others cannot see them.
   *
   * @return completes when somebody may be told of them, because no node is certain any more
   */
  synchronized Future<Void> addUnseen(Map<MemberKey, Long> sequences) {
    sequences.forEach((member, sequence) -> unseen.merge(member, sequence, Math::max));
    if (told == null) {
      LOG.warn("{} members not published; no node is to be certain meanwhile", sequences.size());
      told = certainty.announceUnpublished();
    }
    return told;
  }

  /**
   * The others can see this sequence of it.
   *
   * @param newest what {@link #newest} was when it began to be read or published
   */
  void seen(MemberKey member, long sequence, long newest) {
    if (has(member)) {
      remove(member, sequence, newest);
    }
  }

  private synchronized void remove(MemberKey member, long sequence, long newest) {
    doubted.computeIfPresent(member, (it, number) -> number > newest ? number : null);
    unseen.computeIfPresent(member, (it, wanted) -> sequence >= wanted ? null : wanted);
    tellIfSettled();
  }

  /** Nobody remembers anything any more that could be too old. */
  synchronized void nothingIsUnseen() {
    unseen.clear();
    tellIfSettled();
  }

  private void tellIfSettled() {
    if (unseen.isEmpty() && told != null) {
      LOG.info("all members are published again");
      told = null;
      certainty.announcePublished();
    }
  }
}
