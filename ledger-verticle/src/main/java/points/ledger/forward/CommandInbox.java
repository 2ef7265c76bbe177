package points.ledger.forward;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.peer.Peers;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.wire.CommandCodec;
import points.ledger.wire.OutcomeCodec;

/**
 * Where other nodes send the commands on members that this one owns. What comes in is decided here,
 * whoever the owner is by now: nothing is sent on, so nothing goes round in a ring.
 */
public final class CommandInbox {

  private static final Logger LOG = LoggerFactory.getLogger(CommandInbox.class);
  private static final String ADDRESS = "points.ledger.commands.";

  static final int NOT_UNDERSTOOD = 1;
  static final int FAULT = 2;

  private final Peers peers;
  private final CommandExecutor here;
  private final Duration patienceMax;

  /**
   * @param patienceMax no command is worked on for longer, whatever the clocks of the nodes say
   */
  public CommandInbox(Peers peers, CommandExecutor here, Duration patienceMax) {
    this.peers = peers;
    this.here = here;
    this.patienceMax = patienceMax;
  }

  static String addressOf(String node) {
    return ADDRESS + node;
  }

  /** Takes commands on the calling context; several share them out. */
  public Future<Void> open(Vertx vertx) {
    MessageConsumer<Buffer> consumer =
        vertx.eventBus().consumer(addressOf(peers.self()), this::handle);
    return consumer.completion();
  }

  private void handle(Message<Buffer> message) {
    CommandCodec.Sent sent;
    try {
      sent = CommandCodec.decode(message.body().getBytes());
    } catch (IllegalArgumentException e) {
      LOG.warn("a command from another node is not understood: {}", e.getMessage());
      message.fail(NOT_UNDERSTOOD, "not understood");
      return;
    }
    decide(sent)
        .onSuccess(outcome -> message.reply(Buffer.buffer(OutcomeCodec.encode(outcome))))
        .onFailure(fault -> message.fail(FAULT, "fault"));
  }

  /** One that was on its way for too long is dropped: its sender has answered by now. */
  private Future<Outcome> decide(CommandCodec.Sent sent) {
    Duration left = Duration.between(peers.now(), sent.deadline());
    if (left.isNegative() || left.isZero()) {
      return Future.succeededFuture(new Outcome.NotApplied(Cause.OVERLOADED));
    }
    return here.decide(sent.command(), left.compareTo(patienceMax) < 0 ? left : patienceMax);
  }
}
