package points.ledger.lane;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.History;
import points.ledger.domain.Outcome;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;

/**
 * A command in a lane, from its arrival until its answer and until nothing more can happen to it.
 */
final class QueuedCommand {

  final Command command;
  final RequestKey request;
  final @Nullable OrderKey order;
  final long arrivedNanos;
  final long deadlineNanos;

  /** Whether it may be in the database by now: sent, and not known to be thrown away. */
  boolean inFlight;

  /** Whether a batch it was in had no known outcome, or its entry is still being looked for. */
  boolean inDoubt;

  /** The entries that it could not be decided without; null until they are asked for. */
  @Nullable History history;

  /** How often it was decided and the decision thrown away. */
  int attempts;

  /** The same request or order again, while this one is not settled. */
  final List<QueuedCommand> followers = new ArrayList<>(0);

  /** The one it follows, of the same request or order; null when it follows none. */
  @Nullable QueuedCommand leader;

  private final Promise<Outcome> answer;

  QueuedCommand(Command command, Promise<Outcome> answer, long arrivedNanos, long deadlineNanos) {
    this.command = command;
    this.request = RequestKey.of(command);
    this.order = OrderKey.of(command);
    this.answer = answer;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = deadlineNanos;
  }

  /** Whether its request may be in the database by now, sent by itself or by the one it follows. */
  boolean mayBeApplied() {
    return inFlight || inDoubt || (leader != null && (leader.inFlight || leader.inDoubt));
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** Answers the caller; false when that was done before. */
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
