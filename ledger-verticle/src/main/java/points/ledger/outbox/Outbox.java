package points.ledger.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.PollingLoop;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.commit.OrderEntries;
import points.ledger.forward.MergeRedirect;
import points.ledger.member.IdentifierTransfer;
import points.ledger.member.PgIdentifierTransfer;
import points.ledger.model.Entry;
import points.ledger.outbox.OutboxTable.Backlog;
import points.ledger.outbox.OutboxTable.Due;

/**
 * Carries out what follows from entries beyond their member.
 *
 * <p>Each entry with an effect has a row, written in the same transaction and deleted when all is
 * done. All nodes take part. A row that fails is put off, longer each time, and never dropped.
 */
public final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int BATCH_MAX = 100;

  private final OutboxTable rows;
  private final OrderEntries entries;
  private final EffectHandlers effects;
  private final PollingLoop rounds;
  private final Counter failures;
  private final AtomicReference<Backlog> backlog = new AtomicReference<>(new Backlog(0, 0));
  private volatile boolean working;

  public Outbox(
      Vertx vertx,
      Pool pool,
      OrderEntries entries,
      Function<Command, Future<Outcome>> submit,
      MeterRegistry meters) {
    this(
        new PgOutboxTable(pool),
        entries,
        new PgIdentifierTransfer(pool),
        submit,
        PollingLoop.pausesOf(vertx),
        meters);
  }

  /**
   * Makes one that works on these tables, whoever keeps them.
   *
   * @param pause completes when the pause between two rounds is over
   */
  public Outbox(
      OutboxTable rows,
      OrderEntries entries,
      IdentifierTransfer ended,
      Function<Command, Future<Outcome>> submit,
      Supplier<Future<Void>> pause,
      MeterRegistry meters) {
    this.rows = rows;
    this.entries = entries;
    var arrived = new MergeRedirect(submit, merged -> rows.leaves(merged).map(leaves -> !leaves));
    this.effects = new EffectHandlers(new MergeRedirect(submit), arrived, entries, ended);
    this.rounds = new PollingLoop(pause, "outbox");
    this.failures =
        Counter.builder("points.outbox.failures")
            .description("effects that could not be carried out and are tried again")
            .register(meters);
    Gauge.builder("points.outbox.rows", backlog, it -> it.get().rows())
        .description("effects of entries that are not carried out yet")
        .register(meters);
    Gauge.builder("points.outbox.oldest", backlog, it -> it.get().oldestSeconds())
        .description("age of the oldest effect that is not carried out yet")
        .baseUnit("seconds")
        .register(meters);
  }

  /** From now on this node takes part. */
  public void begin() {
    working = true;
    rounds.start(this::round);
  }

  /** Completes when this node has nothing under way any more. */
  public Future<Void> stop() {
    working = false;
    return rounds.stop();
  }

  /** Carries the effect of an entry out now, rather than in the next round; never fails. */
  public Future<Void> kick(Entry entry) {
    return working
        ? rows.claim(entry.member(), entry.sequence())
            .compose(this::carryOut)
            .onFailure(cause -> LOG.debug("not claimed: {}", cause.toString()))
            .otherwiseEmpty()
        : Future.succeededFuture();
  }

  private Future<Boolean> round() {
    return rows.claim(BATCH_MAX)
        .compose(due -> carryOut(due).map(due.size() == BATCH_MAX))
        .compose(more -> rows.backlog().onSuccess(backlog::set).map(more));
  }

  private Future<Void> carryOut(List<Due> due) {
    return Future.join(due.stream().map(this::carryOut).toList()).mapEmpty();
  }

  /** Never fails: what cannot be done now is due again later. */
  private Future<Void> carryOut(Due due) {
    return entries
        .find(due.member(), due.sequence())
        .compose(entry -> effects.carryOut(entry.orElseThrow()))
        .compose(done -> rows.done(due))
        .onFailure(cause -> failed(due, cause))
        .otherwiseEmpty();
  }

  private void failed(Due due, Throwable cause) {
    failures.increment();
    LOG.warn(
        "effect of entry {}-{} of program {} failed and is tried again after 10 s to 5 min; if"
            + " it keeps failing see PointsOutboxOld in the runbook: {}",
        due.member().memberId(),
        due.sequence(),
        due.member().programId(),
        cause.toString());
  }
}
