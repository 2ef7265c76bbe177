package points.ledger.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;

/**
 * The commands of a lane that are not settled: which come next, which wait for their member to be
 * loaded, which follow another that is the same. It sees to it that each is answered exactly once.
 */
final class CommandQueue {

  private static final int ATTEMPTS_MAX = 32;

  /** All that is not answered, oldest first: they have the same time to wait. */
  private final LinkedHashSet<QueuedCommand> open = new LinkedHashSet<>();

  private final Deque<QueuedCommand> queue = new ArrayDeque<>();
  private final InFlightKeys claims = new InFlightKeys();
  private final Map<MemberKey, List<QueuedCommand>> loading = new HashMap<>();
  private final LongConsumer answered;
  private final Supplier<Outcome.Cause> whyNot;

  /**
   * @param answered told of each command that is answered, once, with the arrival of the oldest
   *     that is not
   * @param whyNot why a command that was not applied was not
   */
  CommandQueue(LongConsumer answered, Supplier<Outcome.Cause> whyNot) {
    this.answered = answered;
    this.whyNot = whyNot;
  }

  /** A command that has just arrived. */
  void add(QueuedCommand pending) {
    open.add(pending);
    admit(pending);
  }

  /**
   * The command that has waited longest and still has somebody who waits for it. None is begun
   * whose time is up: its caller has been told, or is being told, that nothing is known of it.
   */
  @Nullable QueuedCommand next(long nowNanos) {
    for (QueuedCommand next = queue.poll(); next != null; next = queue.poll()) {
      if (next.isAnswered()) {
        settle(next);
      } else if (next.isOverdue(nowNanos)) {
        finish(next, notApplied(next));
      } else {
        return next;
      }
    }
    return null;
  }

  /** Whether the member is being loaded, in which case the command now waits for it. */
  boolean waitsForLoad(QueuedCommand pending) {
    List<QueuedCommand> waiting = loading.get(pending.command.member());
    if (waiting == null) {
      return false;
    }
    waiting.add(pending);
    return true;
  }

  /** From now on commands on its member wait, this one first, until {@link #loaded}. */
  void waitForLoad(QueuedCommand first) {
    loading.put(first.command.member(), new ArrayList<>(List.of(first)));
  }

  /** Brings back what waited for the member, whatever became of the load. */
  void loaded(MemberKey member) {
    List<QueuedCommand> waiting = loading.remove(member);
    if (waiting != null) {
      putBack(waiting);
    }
  }

  /** To the front, in the old order: they have waited longest. */
  void putBack(List<QueuedCommand> pending) {
    for (int i = pending.size() - 1; i >= 0; i--) {
      QueuedCommand it = pending.get(i);
      it.inFlight = false;
      List<QueuedCommand> waiting = loading.get(it.command.member());
      if (waiting == null) {
        queue.addFirst(it);
      } else {
        waiting.add(0, it); // it came before the one for which its member is being looked up
      }
    }
  }

  /** Back to the front, unless a command has been decided in vain too often. */
  void decideAgain(List<QueuedCommand> pending) {
    var again = new ArrayList<QueuedCommand>(pending.size());
    for (QueuedCommand it : pending) {
      it.inFlight = false;
      if (++it.attempts > ATTEMPTS_MAX) {
        finish(it, notApplied(it));
      } else {
        again.add(it);
      }
    }
    putBack(again);
  }

  /**
   * Its place is free before its caller is answered, who may send the next at once. Whoever follows
   * it may be the same request: it is not to be told that there is nothing of it in the database.
   */
  void finish(QueuedCommand pending, Outcome outcome) {
    pending.inDoubt |= outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Replayed;
    settle(pending);
    pending.answer(outcome);
  }

  void fail(QueuedCommand pending, Throwable fault) {
    settle(pending);
    pending.fail(fault);
  }

  /**
   * Answers those whose deadline has passed. What is in flight stays claimed until it is settled.
   */
  void answerOverdue(long nowNanos) {
    var overdue = new ArrayList<QueuedCommand>();
    for (QueuedCommand pending : open) {
      if (!pending.isOverdue(nowNanos)) {
        break;
      }
      overdue.add(pending);
    }
    for (QueuedCommand pending : overdue) {
      close(pending);
      pending.answer(notApplied(pending));
    }
    dropAnswered();
  }

  /** So that what nobody waits for any more does not pile up while nothing can be written. */
  private void dropAnswered() {
    for (QueuedCommand head = queue.peek();
        head != null && head.isAnswered();
        head = queue.peek()) {
      settle(queue.remove());
    }
  }

  /** When the oldest arrived; {@link Long#MAX_VALUE} when there is none. */
  long oldestArrival() {
    return open.isEmpty() ? Long.MAX_VALUE : open.iterator().next().arrivedNanos;
  }

  private Outcome notApplied(QueuedCommand pending) {
    return pending.mayBeApplied() ? new Outcome.InDoubt() : new Outcome.NotApplied(whyNot.get());
  }

  private void admit(QueuedCommand pending) {
    QueuedCommand leader = claims.claim(pending);
    if (leader == null) {
      queue.add(pending);
    } else {
      leader.followers.add(pending);
      pending.leader = leader;
    }
  }

  /** Nothing more can happen to it here; whoever followed it goes to look what it left. */
  private void settle(QueuedCommand pending) {
    close(pending);
    claims.release(pending);
    for (QueuedCommand follower : pending.followers) {
      follower.leader = null;
      follower.inDoubt |= pending.inDoubt; // it may be the same request, sent again
      admit(follower);
    }
    pending.followers.clear();
  }

  private void close(QueuedCommand pending) {
    if (open.remove(pending)) {
      answered.accept(oldestArrival());
    }
  }
}
