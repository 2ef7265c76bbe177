package points.ledger.forward;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import points.cluster.peer.Peers;
import points.cluster.timing.Timers;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Refusal;
import points.ledger.command.Submission;
import points.ledger.command.Submission.Mode;
import points.ledger.wire.MemberName;
import points.ledger.wire.SentCommand;
import points.ledger.wire.WireFormat;

/**
 * Sends each command to the node that owns its member, so that one lane decides all of the member's
 * commands.
 *
 * <p>If the owner cannot be asked, this node decides. That is as right, and costs more; nothing is
 * sent a second time.
 *
 * <p>Example: this node sends a command with a deadline of five seconds, and the owner falls
 * silent. The owner may still apply the command. So this node decides the command too, and
 * PostgreSQL accepts one of the two results. If this node finds that nothing was applied, it may
 * not say so before the five seconds are over; it answers that the outcome is in doubt.
 */
public final class Forwarder {

  /** Beyond the owner's deadline, for its answer's way. */
  private static final long ANSWER_MS = 200;

  private static final long LOOK_PERIOD_MS = 100;

  private final VertxInternal vertx;
  private final Peers peers;
  private final CommandExecutor here;
  private final Duration patience;
  private final ForwarderMetrics metrics;
  private final Timers timers;
  private final Set<Sent> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param patience how long a caller waits for its answer
   */
  public Forwarder(
      Vertx vertx, Peers peers, CommandExecutor here, Duration patience, ForwarderMetrics metrics) {
    this.vertx = (VertxInternal) vertx;
    this.peers = peers;
    this.here = here;
    this.patience = patience;
    this.metrics = metrics;
    this.timers = new Timers(vertx);
    WireFormat.load();
  }

  /** Starts to look for commands whose owner has fallen silent. */
  public void start() {
    timers.every(LOOK_PERIOD_MS, this::takeBack);
  }

  /** Looks no more. */
  public void stop() {
    timers.stop();
  }

  /**
   * Has a command decided.
   *
   * @return the outcome, on the caller's context; failed only by a fault of ours
   */
  public Future<Outcome> submit(Command command) {
    return submit(Submission.commit(command));
  }

  /** The same of a command that may be tried or answered only. */
  public Future<Outcome> submit(Submission submission) {
    String owner = peers.ownerOf(MemberName.of(submission.command().member()));
    if (owner.equals(peers.self())) {
      metrics.local();
      return here.decide(submission, patience);
    }
    if (!peers.takesCommands(owner)) {
      metrics.fallback();
      return here.decide(submission, patience);
    }
    var sent = new Sent(submission, owner, peers.now().plus(patience), vertx.promise());
    send(sent);
    return sent.answer.future();
  }

  private void send(Sent sent) {
    metrics.forwarded();
    underWay.add(sent);
    long begun = System.nanoTime();
    vertx
        .eventBus()
        .<Buffer>request(
            CommandInbox.addressOf(sent.owner, sent.submission.mode()),
            Buffer.buffer(
                WireFormat.COMMAND.encode(
                    new SentCommand(sent.submission.command(), sent.deadline))),
            new DeliveryOptions().setSendTimeout(patience.toMillis() + ANSWER_MS))
        .onComplete(
            answered -> {
              underWay.remove(sent);
              if (sent.claim()) {
                if (answered.succeeded()) {
                  metrics.answered(System.nanoTime() - begun);
                  onAnswer(sent, answered.result());
                } else {
                  onFailure(sent, answered.cause());
                }
              }
            });
  }

  private void onAnswer(Sent sent, Message<Buffer> answer) {
    Outcome outcome;
    try {
      outcome = WireFormat.OUTCOME.decode(answer.body().getBytes());
    } catch (IllegalArgumentException e) {
      decideToo(sent); // of a later version: it was decided, and will be found
      return;
    }
    if (outcome instanceof Outcome.NotApplied notApplied
        && notApplied.cause() != Cause.OVERLOADED) {
      decideInstead(sent);
    } else {
      sent.answer.complete(outcome);
    }
  }

  private void onFailure(Sent sent, Throwable cause) {
    ReplyFailure kind =
        cause instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
    if (kind == ReplyFailure.NO_HANDLERS || isNotUnderstood(cause)) {
      decideInstead(sent);
    } else if (kind == ReplyFailure.TIMEOUT) {
      sent.answer.complete(unknown(sent));
    } else {
      decideToo(sent);
    }
  }

  private static boolean isNotUnderstood(Throwable cause) {
    return cause instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
        && reply.failureCode() == CommandInbox.NOT_UNDERSTOOD;
  }

  /** The owner has not done it and will not. */
  private void decideInstead(Sent sent) {
    metrics.fallback();
    here.decide(sent.submission, left(sent)).onComplete(sent.answer);
  }

  /** The owner may have done it, or may still do it. */
  private void decideToo(Sent sent) {
    metrics.fallback();
    here.decide(sent.submission, left(sent))
        .onSuccess(
            outcome -> {
              if (sent.isDryRun() || isFinal(outcome)) {
                sent.answer.complete(outcome);
              } else {
                long wait = Math.max(1, left(sent).toMillis());
                vertx.setTimer(wait, id -> sent.answer.complete(unknown(sent)));
              }
            })
        .onFailure(sent.answer::fail);
  }

  /** Returns whether the outcome stays true whatever the owner does. */
  private static boolean isFinal(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      Refusal.Kind kind = refused.refusal().kind();
      return kind == Refusal.Kind.KEY_REUSED || kind == Refusal.Kind.ORDER_ALREADY_PROCESSED;
    }
    return outcome instanceof Outcome.Accepted
        || outcome instanceof Outcome.Replayed
        || outcome instanceof Outcome.NoEntry;
  }

  /** A dry run has certainly changed nothing, whatever became of it. */
  private static Outcome unknown(Sent sent) {
    return sent.isDryRun() ? new Outcome.NotApplied(Cause.OVERLOADED) : new Outcome.InDoubt();
  }

  private Duration left(Sent sent) {
    Duration left = Duration.between(peers.now(), sent.deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Nobody waits for an owner that has fallen silent or is gone. */
  private void takeBack() {
    for (Sent sent : underWay) {
      if (!peers.isResponsive(sent.owner) && sent.claim()) {
        decideToo(sent);
      }
    }
  }

  /** A command under way to its owner; whoever claims it answers it. */
  private static final class Sent {
    private final Submission submission;
    private final String owner;
    private final Instant deadline;
    private final Promise<Outcome> answer;
    private final AtomicBoolean claimed = new AtomicBoolean();

    private Sent(Submission submission, String owner, Instant deadline, Promise<Outcome> answer) {
      this.submission = submission;
      this.owner = owner;
      this.deadline = deadline;
      this.answer = answer;
    }

    private boolean isDryRun() {
      return submission.mode() == Mode.DRY_RUN;
    }

    private boolean claim() {
      return claimed.compareAndSet(false, true);
    }
  }
}
