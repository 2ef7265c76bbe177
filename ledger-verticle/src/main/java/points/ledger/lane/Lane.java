package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.cache.KnownState;
import points.ledger.cache.MemberStateCache;
import points.ledger.domain.Command;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Needed;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.store.BatchResult;
import points.ledger.store.BatchWriter;
import points.ledger.store.CommittedEntries;
import points.ledger.store.WriteFailure;

/**
 * Decides on the members that fall to it, in batches: one is in flight while the next collects.
 *
 * <p>Commands arrive from any thread; all else happens on the lane's own context. A command is
 * answered once: after the commit of its batch, or as certainly not applied, or as in doubt when
 * its deadline passes while its batch is in flight.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final LaneClock clock;
  private final BatchWriter writer;
  private final MemberStateCache states;
  private final Replays replays;
  private final Function<Command, Program> rules;
  private final LaneMetrics metrics;

  private final Inbox arrivals;
  private final CommandQueue backlog;
  private final DatabaseHealth database;
  private final PoisonCommandIsolation limit;
  private final DuplicateProbePolicy lookout;
  private final PublishBarrier settlements;
  private final Prefetch loads;
  private final Promise<Void> drained = Promise.promise();

  private boolean connecting;
  private boolean inFlight;

  Lane(
      Executor context,
      LaneOptions options,
      LaneClock clock,
      BatchWriter writer,
      MemberStateCache states,
      CommittedEntries entries,
      Function<Command, Program> rules,
      LaneMetrics metrics) {
    this.clock = clock;
    this.writer = writer;
    this.states = states;
    this.replays = new Replays(entries);
    this.rules = rules;
    this.metrics = metrics;
    this.database = new DatabaseHealth(clock);
    this.arrivals = new Inbox(options, clock, database::whyNot, () -> context.execute(this::run));
    this.backlog = new CommandQueue(arrivals::answered, database::whyNot);
    this.limit = new PoisonCommandIsolation(options.batchMax());
    this.lookout = new DuplicateProbePolicy(clock);
    this.settlements = new PublishBarrier(context);
    this.loads = new Prefetch(backlog, states, entries, metrics, database, this::run);
  }

  /** Where commands come in. */
  Inbox arrivals() {
    return arrivals;
  }

  /** Whether batches reach the database. */
  boolean isWell() {
    return !database.isAway() && !arrivals.isClosed();
  }

  /** Takes nothing on any more; completes when all that was taken on is answered. */
  public Future<Void> stop() {
    arrivals.close();
    return drained.future();
  }

  /** Completes when all batches sent up to now are written or lost, and published. Any thread. */
  Future<Void> settled() {
    return settlements.allSoFar();
  }

  /** Lets time pass: answers what is overdue, retries what waits. Called every few milliseconds. */
  public void tick() {
    backlog.answerOverdue(clock.nanos());
    run();
  }

  private void run() {
    arrivals.awake();
    for (QueuedCommand next = arrivals.poll(); next != null; next = arrivals.poll()) {
      backlog.add(next);
    }
    flush();
    arrivals.oldest(backlog.oldestArrival());
    if (arrivals.isClosed() && arrivals.depth() == 0) {
      drained.tryComplete();
    }
  }

  private void flush() {
    if (inFlight || connecting || !database.mayTry()) {
      return;
    }
    if (!writer.isConnected()) {
      connect(); // with nothing to write too: what waits for a look-up is not among what comes next
      return;
    }
    BatchBuilder batch = collect();
    if (batch.size() > 0) {
      send(batch);
    }
    loads.begin(batch::has); // last: what is there at once comes back here for the next batch
  }

  private void connect() {
    connecting = true;
    writer
        .connect()
        .onComplete(
            connected -> {
              connecting = false;
              if (connected.succeeded()) {
                database.reached();
              } else {
                LOG.warn("no connection to the database: {}", connected.cause().toString());
                database.notConnected();
              }
              run();
            });
  }

  private void send(BatchBuilder batch) {
    inFlight = true;
    long batchNo = settlements.begin();
    long sentAt = clock.nanos();
    batch.pending().forEach(it -> it.inFlight = true);
    writer
        .write(batch.toBatch(lookout.looks()))
        .onComplete(written -> inFlight = false)
        .compose(result -> onWritten(batch, result, clock.nanos() - sentAt))
        .onFailure(cause -> onFailure(batch, cause))
        .onComplete(
            settled -> {
              settlements.end(batchNo);
              run(); // and with it what was not to be looked up before
            });
  }

  /**
   * Folds the commands that wait, up to the limit; those that something is missing for are set
   * aside until it is there.
   */
  private BatchBuilder collect() {
    var batch = new BatchBuilder(clock.instant());
    while (batch.size() < limit.now()) {
      QueuedCommand next = backlog.next(clock.nanos());
      if (next == null) {
        break;
      }
      KnownState state = states.find(next.command.member());
      boolean waits = backlog.waitsForLoad(next);
      if (state != null && !waits) {
        decide(batch, next, state);
      } else if (!waits) {
        loads.wantState(next);
      }
    }
    return batch;
  }

  private void decide(BatchBuilder batch, QueuedCommand next, KnownState state) {
    try {
      Needed needed = batch.decide(next, state, rules.apply(next.command));
      if (needed != null) {
        loads.wantEntries(next, needed);
      }
    } catch (RuntimeException fault) {
      LOG.error("command not decided: {}", next.command, fault);
      backlog.fail(next, fault);
    }
  }

  private Future<Void> onWritten(BatchBuilder batch, BatchResult result, long nanos) {
    database.reached();
    limit.written();
    metrics.written(batch.size(), batch.members().size(), nanos);
    BatchOutcome verdict = BatchOutcome.of(batch, result);
    for (MemberKey member : verdict.stale()) {
      states.suspect(member);
      metrics.stale();
    }
    backlog.decideAgain(verdict.again());
    replay(verdict.known());
    Future<Void> published = states.publish(verdict.committed());
    published.onComplete(
        done -> {
          verdict.confirmed().forEach(it -> backlog.finish(it.pending(), it.outcome()));
          run(); // for those that followed them
        });
    run();
    return published;
  }

  private void replay(List<QueuedCommand> known) {
    if (known.isEmpty()) {
      return;
    }
    metrics.replayed(known.size());
    lookout.repeated();
    known.forEach(it -> it.inDoubt = true);
    replays
        .outcomes(known)
        .compose(first -> states.republish(first.values()).map(first))
        .onComplete(
            found -> {
              Map<QueuedCommand, Outcome> first = found.succeeded() ? found.result() : Map.of();
              if (found.failed()) {
                LOG.warn("{} replays not read: {}", known.size(), found.cause().toString());
                database.refused();
              }
              first.forEach(backlog::finish);
              // Also those whose deadline has passed meanwhile: they have to be settled.
              backlog.decideAgain(known.stream().filter(it -> !first.containsKey(it)).toList());
              run();
            });
  }

  private void onFailure(BatchBuilder batch, Throwable cause) {
    List<QueuedCommand> pending = batch.pending();
    lookout.repeated();
    switch (WriteFailure.kindOf(cause)) {
      case CONFLICT -> {
        LOG.debug("batch of {} commands: {}", batch.size(), cause.toString());
        metrics.conflict();
        backlog.decideAgain(pending);
      }
      case REJECTED -> isolate(pending, cause);
      case UNAVAILABLE -> {
        database.refused();
        backlog.putBack(pending);
      }
      case REWOUND, UNKNOWN -> {
        LOG.warn("batch of {} commands: {}", batch.size(), cause.toString());
        metrics.unknown();
        pending.forEach(it -> it.inDoubt = true);
        batch.members().forEach(member -> states.suspect(member.key));
        backlog.decideAgain(pending);
      }
    }
  }

  /**
   * Halves the batch until the command that cannot be written is alone, and fails it. That always
   * comes to an end, so it is no attempt that counts: the others are innocent.
   */
  private void isolate(List<QueuedCommand> pending, Throwable cause) {
    if (pending.size() == 1) {
      LOG.error("command not written: {}", pending.get(0).command, cause);
      backlog.fail(pending.get(0), cause);
      limit.found();
    } else {
      LOG.warn("batch of {} commands: {}", pending.size(), cause.toString());
      limit.rejected(pending);
      backlog.putBack(pending);
    }
  }
}
