package points.ledger.lane;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;

/**
 * Members of which even the cluster's state may be old, so that only the database is asked for
 * them. Where this node has committed something newer, no other node knows of the doubt by itself:
 * as long as there is such a member, they are told not to be certain of anything. Thread-safe.
 */
final class Doubts {

  private final Set<MemberKey> doubted = ConcurrentHashMap.newKeySet();
  private final Set<MemberKey> unseen = ConcurrentHashMap.newKeySet();
  private final Certainty certainty;

  /** Completes when no node is certain any more; null while there is nothing unseen. */
  private @Nullable Future<Void> told;

  Doubts(Certainty certainty) {
    this.certainty = certainty;
  }

  boolean has(MemberKey member) {
    return doubted.contains(member);
  }

  int size() {
    return doubted.size();
  }

  /** At most so many of them. */
  List<MemberKey> some(int max) {
    return doubted.stream().limit(max).toList();
  }

  /** What is remembered of it may be old. Nobody has been told of anything newer. */
  synchronized void add(MemberKey member) {
    doubted.add(member);
  }

  /**
   * Something newer of them is committed, which the others cannot see.
   *
   * @return completes when somebody may be told of it, because no node is certain any more
   */
  synchronized Future<Void> addUnseen(Collection<MemberKey> members) {
    doubted.addAll(members);
    unseen.addAll(members);
    if (told == null) {
      told = certainty.unsettled();
    }
    return told;
  }

  /** There is no doubt about it any more, if that holds; no doubt comes up meanwhile. */
  void remove(MemberKey member, BooleanSupplier holds) {
    if (doubted.contains(member)) {
      removeIf(member, holds);
    }
  }

  private synchronized void removeIf(MemberKey member, BooleanSupplier holds) {
    if (holds.getAsBoolean() && doubted.remove(member)) {
      unseen.remove(member);
      if (unseen.isEmpty() && told != null) {
        told = null;
        certainty.settled();
      }
    }
  }
}
