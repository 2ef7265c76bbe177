package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import points.cluster.timing.PollingLoop;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.command.Submission;
import points.ledger.database.Pools;
import points.ledger.forward.Submitter;
import points.ledger.member.MemberEndQueue;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.order.Undoing;
import points.ledger.outbox.Outbox;
import points.ledger.refund.RefundPreview;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundService;
import points.ledger.refund.RefundTables;
import points.ledger.refund.ReversalService;
import points.ledger.review.LateOrders;
import points.ledger.store.PgEntryReader;

/**
 * Carries out commands with their effects on other members. A transfer's second step, say, is tried
 * at once; if that fails, the outbox does it later.
 */
final class CommandService {

  /** Longest wait for the effects of a command; an effect that is late happens all the same. */
  private static final long EFFECT_MS = 500;

  /** Of the time that a command has, for a merge or closing that has waited for its turn. */
  private static final int TURN_PARTS = 5;

  private static final long STOP_MS = 5_000;

  private final Submitter lanes;
  private final PgEntryReader entries;
  private final Preconditions preconditions;
  private final Outbox outbox;
  private final RefundService refunds;
  private final RefundPreview refundPreview;
  private final ReversalService reversals;
  private final MemberEndQueue endings;
  private volatile boolean begun;

  CommandService(
      Vertx vertx,
      Pools pools,
      PgEntryReader entries,
      Submitter lanes,
      Preconditions preconditions,
      Predicate<RefundRequest> isAllowed,
      Duration deadline,
      MeterRegistry meters,
      InstantSource time) {
    this.lanes = lanes;
    this.entries = entries;
    this.preconditions = preconditions;
    this.outbox = new Outbox(vertx, pools.jobs(), entries, lanes::commit, meters);
    RefundTables tables = RefundTables.of(pools, time);
    this.refunds =
        new RefundService(
            tables, entries, this::submit, isAllowed, PollingLoop.pausesOf(vertx), meters);
    this.refundPreview = new RefundPreview(refunds, tables, entries, lanes::dryRun);
    this.reversals = new ReversalService(tables.outbox(), lanes::commit);
    Duration turn = deadline.minus(deadline.dividedBy(TURN_PARTS));
    this.endings = new MemberEndQueue(vertx, pools.reading(), lanes, turn);
  }

  /** Without this, commands end with their commit. */
  void begin() {
    begun = true;
    outbox.begin();
    refunds.begin();
  }

  Future<Void> stop() {
    return Future.join(outbox.stop(), refunds.stop())
        .timeout(STOP_MS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }

  RefundService refunds() {
    return refunds;
  }

  Future<Outcome> submit(Command command) {
    if (!begun) {
      return lanes.commit(command);
    }
    Future<Outcome> decided = decide(command);
    return command.kind().is(EntryTrait.EFFECT) ? decided.compose(this::withEffect) : decided;
  }

  /** Carries out a command; a replay says how its entry has been undone since. */
  Future<Outcome> answer(Command command) {
    return submit(command).compose(this::sayingWhatBecame);
  }

  /** The same, unless the command's precondition does not hold. */
  Future<Outcome> answer(Command command, Precondition precondition) {
    return preconditions
        .check(command, precondition)
        .compose(unmet -> unmet.isPresent() ? lanes.refuse(command, unmet.get()) : submit(command))
        .compose(this::sayingWhatBecame);
  }

  Future<Outcome> preview(Command command) {
    return lanes.dryRun(command);
  }

  Future<Outcome> preview(RefundRequest wanted) {
    return refundPreview.preview(wanted);
  }

  LateOrders lateOrders(Registry registry) {
    return new LateOrders(
        registry.programs(),
        registry.reviews(),
        this::answer,
        sale -> lanes.submit(Submission.replay(sale)).compose(this::sayingWhatBecame));
  }

  Future<Outcome> sayingWhatBecame(Outcome outcome) {
    if (!(outcome instanceof Outcome.Replayed replayed)
        || !Undoing.mayBe(replayed.entry().kind())) {
      return Future.succeededFuture(outcome);
    }
    Entry first = replayed.entry();
    return entries
        .historyOf(first)
        .map(history -> new Outcome.Replayed(first, Undoing.of(first, history)));
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
