package points.ledger.lane;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.EntryHistory;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.command.Submission.Mode;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;

/** Command in a lane, from its arrival until it is answered and its batch is finished. */
final class QueuedCommand {

  final Command command;
  final Mode mode;
  final RequestKey request;
  final @Nullable OrderKey order;
  final long arrivedNanos;
  final long deadlineNanos;

  /** Whether it is in a batch that was sent and has no result yet. */
  boolean inFlight;

  /** Whether a batch with it had an unknown outcome, or its entry is being looked for. */
  boolean inDoubt;

  /** Entries that its decision needs; null until they are loaded. */
  @Nullable EntryHistory history;

  /** Number of decisions on it that could not be written. */
  int attempts;

  /** Commands of the same request or order, which wait until this one is finished. */
  final List<QueuedCommand> followers = new ArrayList<>(0);

  /** The command of the same request or order that this one waits for; null when there is none. */
  @Nullable QueuedCommand leader;

  private final Promise<Outcome> answer;

  QueuedCommand(
      Submission submission, Promise<Outcome> answer, long arrivedNanos, long deadlineNanos) {
    this.command = submission.command();
    this.mode = submission.mode();
    this.request = RequestKey.of(command);
    this.order = OrderKey.of(command);
    this.answer = answer;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = deadlineNanos;
  }

  /** Whether its request may be committed, by itself or by the command that it waits for. */
  boolean mayBeApplied() {
    return !isDryRun() && (isUnderWay() || (leader != null && leader.isUnderWay()));
  }

  private boolean isUnderWay() {
    return inFlight || inDoubt;
  }

  boolean isDryRun() {
    return mode == Mode.DRY_RUN;
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** Answers the caller; false when that has happened before. */
  boolean answer(Outcome outcome) {
    return answer.tryComplete(outcome);
  }

  boolean fail(Throwable fault) {
    return answer.tryFail(fault);
  }

  boolean isAnswered() {
    return answer.future().isComplete();
  }
}
