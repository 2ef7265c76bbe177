package points.ledger;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.forward.Submitter;
import points.ledger.member.MemberEndQueue;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.outbox.Outbox;
import points.ledger.refund.ReversalService;

/**
 * Commits commands, then carries out their effects on other members at once. The outbox carries out
 * later what fails or takes too long.
 */
final class CommandsWithEffects {

  /** Longest wait for the effects of a command; an effect that is late happens all the same. */
  private static final long EFFECT_MS = 500;

  private final Submitter lanes;
  private final Outbox outbox;
  private final ReversalService reversals;
  private final MemberEndQueue endings;
  private volatile boolean begun;

  CommandsWithEffects(
      Submitter lanes, Outbox outbox, ReversalService reversals, MemberEndQueue endings) {
    this.lanes = lanes;
    this.outbox = outbox;
    this.reversals = reversals;
    this.endings = endings;
  }

  /** Without this, commands end with their commit. */
  void begin() {
    begun = true;
    outbox.begin();
  }

  /** Completes when no effect is under way any more. */
  Future<Void> stop() {
    return outbox.stop();
  }

  Future<Outcome> submit(Command command) {
    if (!begun) {
      return lanes.commit(command);
    }
    Future<Outcome> decided = decide(command);
    return command.kind().is(EntryTrait.EFFECT) ? decided.compose(this::withEffect) : decided;
  }

  private Future<Outcome> decide(Command command) {
    if (command instanceof Merge merge) {
      return endings.merge(merge);
    } else if (command instanceof Reverse reverse) {
      return reversals.submit(reverse);
    }
    return command instanceof Close close ? endings.close(close) : lanes.commit(command);
  }

  private Future<Outcome> withEffect(Outcome outcome) {
    if (!(outcome instanceof Outcome.Accepted accepted) || !accepted.entry().hasEffect()) {
      return Future.succeededFuture(outcome);
    }
    Entry entry = accepted.entry();
    return outbox
        .kick(entry)
        .timeout(EFFECT_MS, TimeUnit.MILLISECONDS)
        .transform(done -> Future.succeededFuture(outcome));
  }
}
