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
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;

/** Command in a lane, from its arrival until it is answered and its batch is finished. */
final class QueuedCommand {

  final Command command;
  final Mode mode;
  final RequestKey request;
  final @Nullable OrderKey order;
  final long arrivedNanos;
  final long deadlineNanos;

  /** The stage of a command that has no answer yet. */
  private enum Stage {
    /** Not in a batch that was sent: certainly not committed by this lane. */
    WAITING,
    /** In a batch that was sent and has no result yet. */
    IN_FLIGHT,
    /**
     * This command may have an entry, until it is answered.
     *
     * <p>That is so when the outcome of its batch is unknown, when its entry is being looked up, or
     * when a command that may be the same request was committed.
     */
    MAY_HAVE_ENTRY
  }

  private Stage stage = Stage.WAITING;

  /** Entries that its decision needs; null until they are loaded. */
  @Nullable EntryHistory history;

  /** Number of decisions on it that could not be written. */
  int attempts;

  /** Commands of the same request or order, which wait until this one is finished. */
  private List<QueuedCommand> followers = new ArrayList<>(0);

  /** The command of the same request or order that this one waits for; null when there is none. */
  private @Nullable QueuedCommand leader;

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
    return !isDryRun()
        && (stage != Stage.WAITING || (leader != null && leader.stage != Stage.WAITING));
  }

  /** Notes that its batch is sent. */
  void sent() {
    if (stage == Stage.WAITING) {
      stage = Stage.IN_FLIGHT;
    }
  }

  /** Notes that its batch has a result and did not apply it. */
  void returned() {
    if (stage == Stage.IN_FLIGHT) {
      stage = Stage.WAITING;
    }
  }

  /**
   * Notes that this command may have an entry.
   *
   * <p>A command that waits for this one may be the same request. Before the lane answers such a
   * command as not applied, it looks that entry up.
   */
  void markMayHaveEntry() {
    stage = Stage.MAY_HAVE_ENTRY;
  }

  /** Makes it wait until another command of the same request or order is finished. */
  void follow(QueuedCommand first) {
    leader = first;
    first.followers.add(this);
  }

  /**
   * Lets the commands go that wait for this one. If it may have an entry, so may they, because each
   * may be the same request.
   */
  List<QueuedCommand> dismissFollowers() {
    List<QueuedCommand> dismissed = followers;
    followers = new ArrayList<>(0);
    for (QueuedCommand follower : dismissed) {
      follower.leader = null;
      if (stage == Stage.MAY_HAVE_ENTRY) {
        follower.markMayHaveEntry();
      }
    }
    return dismissed;
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
