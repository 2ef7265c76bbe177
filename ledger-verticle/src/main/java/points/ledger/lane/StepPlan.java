package points.ledger.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.KnownState;
import points.ledger.command.HistoryQuery;
import points.ledger.model.MemberKey;
import points.ledger.program.RulesUnknownException;

/**
 * Plan of a lane's next step: decides what becomes of each waiting command, and changes nothing.
 *
 * <p>Example: commands 1 and 2 of member M and 3 of member N wait, and N's state is not known. The
 * plan has 1 in its batch; 2 is a refund and needs entries that 1 may add to, so it comes after the
 * batch; N is to be loaded, and 3 waits for it.
 */
final class StepPlan {

  /** Entries that a command needs before it can be decided. */
  record LookUp(QueuedCommand queued, HistoryQuery needed) {}

  /** A decision that failed, by a fault of this program. */
  record Fault(QueuedCommand queued, RuntimeException cause) {}

  /** The states in this node's memory. */
  @FunctionalInterface
  interface KnownStates {

    /** Returns the state of a member; null when there is none. */
    @Nullable KnownState find(MemberKey member);
  }

  /**
   * The commands and states that a step starts from.
   *
   * @param queue commands that are neither in a batch nor wait for a load, in order
   * @param loading members that are being loaded
   * @param states the states in memory
   * @param rules the program of a command; throws when there is none
   * @param budgets as this node knows them
   */
  record Situation(
      Iterable<QueuedCommand> queue,
      Set<MemberKey> loading,
      KnownStates states,
      Rules rules,
      KnownBudgets budgets) {}

  private final Situation now;
  private final Instant instant;
  private final BatchBuilder batch;
  private final List<MemberKey> loads = new ArrayList<>();
  private final List<LookUp> lookUps = new ArrayList<>();
  private final List<QueuedCommand> waiting = new ArrayList<>();
  private final List<QueuedCommand> afterBatch = new ArrayList<>();
  private final List<QueuedCommand> answered = new ArrayList<>();
  private final List<QueuedCommand> unrated = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Set<MemberKey> loaded = new HashSet<>();
  private final Set<MemberKey> blocked = new HashSet<>();
  private int seen;

  private StepPlan(Situation now, Instant instant) {
    this.now = now;
    this.instant = instant;
    this.batch = new BatchBuilder(instant, now.budgets());
  }

  /** Plans a step of at most this many decisions. */
  static StepPlan of(Situation now, Instant instant, int decisionsMax) {
    var plan = new StepPlan(now, instant);
    for (QueuedCommand next : now.queue()) {
      if (plan.batch.size() == decisionsMax) {
        break;
      }
      plan.add(next);
      plan.seen++;
    }
    return plan;
  }

  private void add(QueuedCommand next) {
    MemberKey member = next.command.member();
    if (next.isAnswered()) {
      answered.add(next);
    } else if (blocked.contains(member)) {
      afterBatch.add(next);
    } else if (loaded.contains(member) || now.loading().contains(member)) {
      waiting.add(next);
    } else {
      KnownState state = now.states().find(member);
      if (state != null) {
        decide(next, state);
      } else {
        load(next, next.command.neededHistory());
      }
    }
  }

  private void decide(QueuedCommand next, KnownState state) {
    try {
      HistoryQuery needed = batch.decide(next, state, now.rules().of(next.command, instant));
      if (needed != null) {
        load(next, needed);
      }
    } catch (RulesUnknownException unknown) {
      unrated.add(next);
    } catch (RuntimeException fault) {
      faults.add(new Fault(next, fault));
    }
  }

  /** A member in the batch is loaded after it, because the batch changes its state. */
  private void load(QueuedCommand next, @Nullable HistoryQuery needed) {
    MemberKey member = next.command.member();
    if (batch.has(member)) {
      blocked.add(member);
      afterBatch.add(next);
      return;
    }
    loaded.add(member);
    waiting.add(next);
    if (needed == null) {
      loads.add(member);
    } else {
      lookUps.add(new LookUp(next, needed));
    }
  }

  /** The commands that are decided. */
  BatchBuilder batch() {
    return batch;
  }

  /** Members of whom the state alone is to be loaded. */
  List<MemberKey> loads() {
    return loads;
  }

  /** Entries to load, each with the state of its member. */
  List<LookUp> lookUps() {
    return lookUps;
  }

  /** Commands that wait until their member is loaded. */
  List<QueuedCommand> waiting() {
    return waiting;
  }

  /** Commands that are looked at again when the batch is finished. */
  List<QueuedCommand> afterBatch() {
    return afterBatch;
  }

  /** Commands that were answered while they waited, and only have to release their keys. */
  List<QueuedCommand> answered() {
    return answered;
  }

  /** Commands whose rules this node does not know now. */
  List<QueuedCommand> unrated() {
    return unrated;
  }

  /** Commands that cannot be decided. */
  List<Fault> faults() {
    return faults;
  }

  /** Number of commands, from the first of the queue, that the plan covers. */
  int seen() {
    return seen;
  }
}
