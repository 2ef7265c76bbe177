package points.ledger.forward;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.peer.Peers;
import points.cluster.timing.CountedLog;
import points.cluster.timing.StartedParts;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Submission;
import points.ledger.command.Submission.Mode;
import points.ledger.wire.SentCommand;
import points.ledger.wire.WireFormat;

/**
 * Receives commands that other nodes send for members that this node owns.
 *
 * <p>This node decides them, even if the member has another owner by now. It never sends them on,
 * so no command goes round in a ring.
 */
public final class CommandInbox {

  private static final Logger LOG = LoggerFactory.getLogger(CommandInbox.class);
  private static final String ADDRESS = "points.ledger.";

  static final int NOT_UNDERSTOOD = 1;
  static final int FAULT = 2;

  private final Peers peers;
  private final CommandExecutor here;
  private final Duration patienceMax;
  private final CountedLog notUnderstood = new CountedLog();

  /**
   * @param patienceMax no command is worked on for longer, whatever the clocks of the nodes say
   */
  public CommandInbox(Peers peers, CommandExecutor here, Duration patienceMax) {
    this.peers = peers;
    this.here = here;
    this.patienceMax = patienceMax;
  }

  /**
   * Returns the address to which a node's commands of one mode are sent.
   *
   * <p>Each mode has its own address. A node of an earlier version does not listen at the address
   * of dry runs, so it cannot commit one by mistake.
   */
  static String addressOf(String node, Mode mode) {
    String commands =
        switch (mode) {
          case COMMIT -> "commands.";
          case DRY_RUN -> "dryruns.";
          case REPLAY -> "replays.";
        };
    return ADDRESS + commands + node;
  }

  /**
   * Takes commands on the calling context; several share them out. If it cannot take those of one
   * mode, it takes none.
   */
  public Future<Void> open(Vertx vertx) {
    var begun = new StartedParts();
    return begun.stopUnlessStarted(
        Future.succeededFuture()
            .compose(
                now ->
                    Future.join(
                        Arrays.stream(Mode.values())
                            .map(mode -> open(vertx, mode, begun))
                            .toList()))
            .mapEmpty());
  }

  private Future<Void> open(Vertx vertx, Mode mode, StartedParts begun) {
    MessageConsumer<Buffer> consumer =
        vertx.eventBus().consumer(addressOf(peers.self(), mode), message -> handle(message, mode));
    begun.add(consumer::unregister);
    return consumer.completion();
  }

  private void handle(Message<Buffer> message, Mode mode) {
    SentCommand sent;
    try {
      sent = WireFormat.COMMAND.decode(message.body().getBytes());
    } catch (IllegalArgumentException e) {
      // While two releases run side by side, this may happen with every command.
      notUnderstood.count(
          messages ->
              LOG.warn(
                  "commands from nodes of another version not understood, their senders decide"
                      + " them; this is expected during an upgrade: {} since the last such line,"
                      + " {}",
                  messages,
                  e.getMessage()));
      message.fail(NOT_UNDERSTOOD, "not understood");
      return;
    }
    decide(new Submission(sent.command(), mode), sent.deadline())
        .onSuccess(outcome -> message.reply(Buffer.buffer(WireFormat.OUTCOME.encode(outcome))))
        .onFailure(fault -> message.fail(FAULT, "fault"));
  }

  /** One that was on its way for too long is dropped: its sender has answered by now. */
  private Future<Outcome> decide(Submission submission, Instant deadline) {
    Duration left = Duration.between(peers.now(), deadline);
    if (left.isNegative() || left.isZero()) {
      return Future.succeededFuture(new Outcome.NotApplied(Cause.OVERLOADED));
    }
    return here.decide(submission, left.compareTo(patienceMax) < 0 ? left : patienceMax);
  }
}
