package points.ledger.forward;

import io.vertx.core.Future;
import java.time.Duration;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;

/** Decides commands on this node. */
@FunctionalInterface
public interface CommandExecutor {

  /**
   * Decides a command.
   *
   * @param patience longest time that the caller waits
   * @return the outcome, when the patience is over at the latest; fails only by a fault of this
   *     program
   */
  Future<Outcome> decide(Submission submission, Duration patience);
}
