package points.ledger.simulation;

import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Outcome;
import points.ledger.domain.Request;

/**
 * A command on its way to a node, once. Its request is an object of its own, equal to that of the
 * other attempts, so that an entry says which attempt it comes from.
 */
final class Attempt {

  final int no;
  final Command command;
  final Node node;

  /** When the node's lane got it; below 0 when it did not, or not yet. */
  long submittedAt = -1;

  /** How long the node had been paused in all by then. */
  long pausedBefore;

  /** The node's life that got it. */
  int life;

  long answeredAt;
  @Nullable Outcome outcome;
  @Nullable Throwable fault;

  Attempt(int no, Command command, Node node) {
    this.no = no;
    this.command = again(command);
    this.node = node;
  }

  boolean isAnswered() {
    return outcome != null || fault != null;
  }

  /** Whether its caller was told that it certainly left nothing. */
  boolean leftNothing() {
    return fault != null
        || outcome instanceof Outcome.Refused
        || outcome instanceof Outcome.NotApplied;
  }

  private static Command again(Command command) {
    var request = new Request(command.request().key(), command.request().fingerprint());
    if (command instanceof Accrue it) {
      return new Accrue(
          it.member(), request, it.origin(), it.occurredAt(), it.amount(), it.lines());
    } else if (command instanceof Deduct it) {
      return new Deduct(it.member(), request, it.origin(), it.points());
    } else if (command instanceof Adjust it) {
      return new Adjust(it.member(), request, it.origin(), it.points());
    }
    var it = (ChangeStatus) command;
    return new ChangeStatus(it.member(), request, it.origin(), it.wanted());
  }

  @Override
  public String toString() {
    return "attempt " + no + " at node " + node.no() + ", " + Words.of(command);
  }
}
