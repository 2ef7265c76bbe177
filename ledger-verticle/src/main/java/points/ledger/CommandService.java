package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import points.cluster.timing.PollingLoop;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.command.Submission;
import points.ledger.database.Pools;
import points.ledger.forward.Submitter;
import points.ledger.member.MemberEndQueue;
import points.ledger.model.Entry;
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

  /** Of the time that a command has, for a merge or closing that has waited for its turn. */
  private static final int TURN_PARTS = 5;

  private static final long STOP_MS = 5_000;

  private final UnaryOperator<Command> setUp;
  private final Submitter lanes;
  private final PgEntryReader entries;
  private final Preconditions preconditions;
  private final CommandsWithEffects commands;
  private final RefundService refunds;
  private final RefundPreview refundPreview;

  /**
   * @param setUp adds to a command what is set up of its goods and its store
   */
  CommandService(
      UnaryOperator<Command> setUp,
      Vertx vertx,
      Pools pools,
      PgEntryReader entries,
      Submitter lanes,
      Preconditions preconditions,
      Predicate<RefundRequest> isAllowed,
      Duration deadline,
      MeterRegistry meters,
      InstantSource time) {
    this.setUp = setUp;
    this.lanes = lanes;
    this.entries = entries;
    this.preconditions = preconditions;
    RefundTables tables = RefundTables.of(pools, time);
    Duration turn = deadline.minus(deadline.dividedBy(TURN_PARTS));
    var commands =
        new CommandsWithEffects(
            lanes,
            new Outbox(vertx, pools.jobs(), entries, lanes::commit, meters),
            new ReversalService(tables.outbox(), lanes::commit),
            new MemberEndQueue(vertx, pools.reading(), lanes, turn));
    this.commands = commands;
    this.refunds =
        new RefundService(
            tables,
            entries,
            command -> commands.submit(command).compose(it -> withUndoing(entries, it)),
            isAllowed,
            PollingLoop.pausesOf(vertx),
            meters);
    this.refundPreview = new RefundPreview(refunds, tables, entries, lanes::dryRun);
  }

  /** Without this, commands end with their commit. */
  void begin() {
    commands.begin();
    refunds.begin();
  }

  Future<Void> stop() {
    return Future.join(commands.stop(), refunds.stop())
        .timeout(STOP_MS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }

  RefundService refunds() {
    return refunds;
  }

  /** Carries out a command; a replay says how its entry has been undone since. */
  Future<Outcome> answer(Command command) {
    return commands.submit(setUp.apply(command)).compose(this::sayingWhatBecame);
  }

  /** The same, unless the command's precondition does not hold. */
  Future<Outcome> answer(Command command, Precondition precondition) {
    return preconditions
        .check(command, precondition)
        .compose(
            unmet ->
                unmet.isPresent()
                    ? lanes.refuse(command, unmet.get())
                    : commands.submit(setUp.apply(command)))
        .compose(this::sayingWhatBecame);
  }

  Future<Outcome> preview(Command command) {
    return lanes.dryRun(setUp.apply(command));
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

  private Future<Outcome> sayingWhatBecame(Outcome outcome) {
    return withUndoing(entries, outcome);
  }

  private static Future<Outcome> withUndoing(PgEntryReader entries, Outcome outcome) {
    if (!(outcome instanceof Outcome.Replayed replayed)
        || !Undoing.mayBe(replayed.entry().kind())) {
      return Future.succeededFuture(outcome);
    }
    Entry first = replayed.entry();
    return entries
        .historyOf(first)
        .map(history -> new Outcome.Replayed(first, Undoing.of(first, history)));
  }
}
