package points.ledger.forward;

import io.vertx.core.Future;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.command.Submission;

/** Submits commands to the lanes of the nodes that own their members. */
@FunctionalInterface
public interface Submitter {

  /**
   * Submits a command.
   *
   * @return the outcome; fails only by a fault of this program
   */
  Future<Outcome> submit(Submission submission);

  default Future<Outcome> commit(Command command) {
    return submit(Submission.commit(command));
  }

  default Future<Outcome> dryRun(Command command) {
    return submit(Submission.dryRun(command));
  }

  /**
   * Refuses a command, unless it has an entry already; then its first answer is returned.
   *
   * <p>It may have been accepted before there was a reason to refuse it.
   */
  default Future<Outcome> refuse(Command command, Refusal refusal) {
    return submit(Submission.replay(command))
        .map(
            outcome -> outcome instanceof Outcome.NoEntry ? new Outcome.Refused(refusal) : outcome);
  }
}
