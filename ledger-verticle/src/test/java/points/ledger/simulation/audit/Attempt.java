package points.ledger.simulation.audit;

import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.fixture.Requests;
import points.ledger.model.Request;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.world.Words;

/**
 * A command on its way to a node, once. Its request is an object of its own, equal to that of the
 * other attempts, so that an entry says which attempt it comes from.
 */
public final class Attempt {

  final int no;
  public final Command command;
  public final Node node;

  /** When the node's lane got it; below 0 when it did not, or not yet. */
  public long submittedAt = -1;

  /** How long the node had been paused in all by then. */
  public long pausedBefore;

  /** The node's life that got it. */
  public int life;

  long answeredAt;
  public @Nullable Outcome outcome;
  public @Nullable Throwable fault;

  Attempt(int no, Command command, Node node) {
    this.no = no;
    this.command = again(command);
    this.node = node;
  }

  public boolean isAnswered() {
    return outcome != null || fault != null;
  }

  /** Whether its caller was told that it certainly left nothing. */
  boolean leftNothing() {
    return fault != null
        || outcome instanceof Outcome.Refused
        || outcome instanceof Outcome.NotApplied;
  }

  private static Command again(Command command) {
    Request request = command.request();
    return Requests.as(new Request(request.key(), request.fingerprint()), command);
  }

  @Override
  public String toString() {
    return "attempt " + no + " at node " + node.no() + ", " + Words.of(command);
  }
}
