package points.ledger.forward;

import io.vertx.core.Future;
import java.time.Duration;
import points.ledger.domain.Command;
import points.ledger.domain.Outcome;

/** Decides commands on this node. */
@FunctionalInterface
public interface CommandExecutor {

  /**
   * Decides a command.
   *
   * @param patience how long the caller waits
   * @return the outcome, at the latest when the patience is over; failed only by a fault of ours
   */
  Future<Outcome> decide(Command command, Duration patience);
}
