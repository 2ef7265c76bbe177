package points.ledger.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import points.ledger.command.Outcome;
import points.ledger.model.MemberKey;

/**
 * The commands of a lane that are not finished. Each is answered exactly once.
 *
 * <p>Some are decided next, some wait until their member is loaded, and duplicates wait for the
 * first of them.
 */
final class CommandQueue {

  private static final int ATTEMPTS_MAX = 32;

  /** Commands without an answer, oldest first; all have the same patience. */
  private final LinkedHashSet<QueuedCommand> unanswered = new LinkedHashSet<>();

  private final Deque<QueuedCommand> queue = new ArrayDeque<>();
  private final InFlightKeys keys = new InFlightKeys();
  private final Map<MemberKey, List<QueuedCommand>> waitingForLoad = new HashMap<>();
  private final LongConsumer answered;
  private final Supplier<Outcome.Cause> whyNot;

  /**
   * Makes an empty queue.
   *
   * @param answered called once for each answered command, with the arrival of the oldest
   *     unanswered one
   * @param whyNot the cause that the answer to an unapplied command names
   */
  CommandQueue(LongConsumer answered, Supplier<Outcome.Cause> whyNot) {
    this.answered = answered;
    this.whyNot = whyNot;
  }

  /** Adds a command that has just arrived. */
  void add(QueuedCommand queued) {
    unanswered.add(queued);
    admit(queued);
  }

  /** Commands to be decided next, in order; not those that wait for a load or for a duplicate. */
  Iterable<QueuedCommand> ready() {
    return queue;
  }

  /** Members that are being loaded. */
  Set<MemberKey> loading() {
    return waitingForLoad.keySet();
  }

  /** Takes the commands that a plan covers out of the queue, to where the plan wants them. */
  void take(StepPlan plan) {
    for (int i = 0; i < plan.seen(); i++) {
      queue.remove();
    }
    for (QueuedCommand it : plan.waiting()) {
      waitingForLoad.computeIfAbsent(it.command.member(), key -> new ArrayList<>(1)).add(it);
    }
    putBack(plan.afterBatch());
  }

  /** Releases a command that was answered while it waited. */
  void drop(QueuedCommand answered) {
    release(answered);
  }

  /** Puts back the commands that waited for a member, whether the load succeeded or not. */
  void loaded(MemberKey member) {
    List<QueuedCommand> waiting = waitingForLoad.remove(member);
    if (waiting != null) {
      putBack(waiting);
    }
  }

  /** Puts commands back to the front, in their old order, because they have waited longest. */
  void putBack(List<QueuedCommand> queued) {
    for (int i = queued.size() - 1; i >= 0; i--) {
      QueuedCommand it = queued.get(i);
      it.returned();
      List<QueuedCommand> waiting = waitingForLoad.get(it.command.member());
      if (waiting == null) {
        queue.addFirst(it);
      } else {
        waiting.add(0, it); // it arrived before the command that waits for the load
      }
    }
  }

  /** Puts commands back to the front, except those that were decided in vain too often. */
  void decideAgain(List<QueuedCommand> queued) {
    var again = new ArrayList<QueuedCommand>(queued.size());
    for (QueuedCommand it : queued) {
      it.returned();
      if (++it.attempts > ATTEMPTS_MAX) {
        finish(it, notApplied(it));
      } else {
        again.add(it);
      }
    }
    putBack(again);
  }

  /**
   * Finishes a command. Its keys are released before its caller is answered, because the caller may
   * send the next command at once. Duplicates that waited for it count as in doubt: if they are the
   * same request, PostgreSQL has to be asked for its entry.
   */
  void finish(QueuedCommand queued, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Replayed) {
      queued.markMayHaveEntry();
    }
    release(queued);
    queued.answer(outcome);
  }

  /** Answers a command that this node cannot decide now. */
  void leaveUndecided(QueuedCommand queued) {
    Outcome not = new Outcome.NotApplied(Outcome.Cause.UNAVAILABLE);
    finish(queued, queued.mayBeApplied() ? new Outcome.InDoubt() : not);
  }

  void fail(QueuedCommand queued, Throwable fault) {
    release(queued);
    queued.fail(fault);
  }

  /**
   * Answers overdue commands. One that waits is not begun any more, because its caller may have
   * given up; one that is in flight keeps its keys until its batch is finished.
   */
  void answerOverdue(long nowNanos) {
    var overdue = new ArrayList<QueuedCommand>();
    for (QueuedCommand queued : unanswered) {
      if (!queued.isOverdue(nowNanos)) {
        break;
      }
      overdue.add(queued);
    }
    for (QueuedCommand queued : overdue) {
      markAnswered(queued);
      queued.answer(notApplied(queued));
    }
    dropAnswered();
  }

  /** Removes answered commands, so that they do not pile up while nothing can be written. */
  private void dropAnswered() {
    for (QueuedCommand head = queue.peek();
        head != null && head.isAnswered();
        head = queue.peek()) {
      release(queue.remove());
    }
  }

  /** Arrival of the oldest unanswered command; {@link Long#MAX_VALUE} when there is none. */
  long oldestArrival() {
    return unanswered.isEmpty() ? Long.MAX_VALUE : unanswered.iterator().next().arrivedNanos;
  }

  private Outcome notApplied(QueuedCommand queued) {
    return queued.mayBeApplied() ? new Outcome.InDoubt() : new Outcome.NotApplied(whyNot.get());
  }

  private void admit(QueuedCommand queued) {
    QueuedCommand leader = keys.claim(queued);
    if (leader == null) {
      queue.add(queued);
    } else {
      queued.follow(leader);
    }
  }

  /** Releases a command's keys and admits its duplicates, which then look for its entry. */
  private void release(QueuedCommand queued) {
    markAnswered(queued);
    keys.release(queued);
    queued.dismissFollowers().forEach(this::admit);
  }

  private void markAnswered(QueuedCommand queued) {
    if (unanswered.remove(queued)) {
      answered.accept(oldestArrival());
    }
  }
}
