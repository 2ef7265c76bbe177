package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.cache.MemberStateCache;
import points.ledger.command.Outcome;
import points.ledger.commit.BatchResult;
import points.ledger.commit.BatchWriter;
import points.ledger.commit.CommittedEntries;
import points.ledger.model.MemberKey;

/**
 * Decides the commands of its members in batches, and commits each batch by one statement. While a
 * batch is in flight, the lane collects the next.
 *
 * <p>Commands arrive from any thread; everything else runs on the lane's own context. Each command
 * is answered once: after its batch was committed and published, or as not applied, or as in doubt,
 * when its deadline passes while its batch is in flight.
 *
 * <p>Example: tills send commands 1 and 2 for member M and 3 for member N. The lane takes all three
 * into one batch, decides 2 on the state that 1 leaves, and sends the batch. PostgreSQL finds that
 * another node has changed N since. It applies 1 and 2, which are answered, and not 3, which is
 * decided again on N's new state.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Executor context;
  private final LaneClock clock;
  private final BatchWriter writer;
  private final MemberStateCache states;
  private final KnownBudgets budgets;
  private final Replays replays;
  private final LaneMetrics metrics;

  private final Inbox inbox;
  private final CommandQueue queue;
  private final StepPlan.Situation situation;
  private final DatabaseHealth database;
  private final PoisonCommandIsolation isolation;
  private final DuplicateProbePolicy probes;
  private final PublishBarrier publishBarrier;
  private final Prefetch prefetch;
  private final BatchFailureHandler failures;
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
      Rules rules,
      KnownBudgets budgets,
      LaneMetrics metrics) {
    this.context = context;
    this.clock = clock;
    this.writer = writer;
    this.states = states;
    this.budgets = budgets;
    this.replays = new Replays(entries);
    this.metrics = metrics;
    this.database = new DatabaseHealth(clock);
    this.inbox = new Inbox(options, clock, database::whyNot);
    this.queue = new CommandQueue(inbox::answered, database::whyNot);
    this.situation =
        new StepPlan.Situation(queue.ready(), queue.loading(), states::find, rules, budgets);
    this.isolation = new PoisonCommandIsolation(options.batchMax());
    this.probes = new DuplicateProbePolicy(clock);
    this.publishBarrier = new PublishBarrier(context);
    this.prefetch = new Prefetch(queue, states, entries, metrics, database);
    this.failures =
        new BatchFailureHandler(queue, states, database, budgets, isolation, probes, metrics);
  }

  /** Accepts a command, or answers it at once as not applied. Any thread. */
  void submit(QueuedCommand queued) {
    if (inbox.submit(queued)) {
      context.execute(this::run);
    }
  }

  /** The entrance of the lane. */
  Inbox inbox() {
    return inbox;
  }

  /** Whether PostgreSQL takes this lane's batches. */
  boolean isWell() {
    return !database.isAway() && !inbox.isClosed();
  }

  /** Stops to accept commands; completes when every accepted one is answered. */
  public Future<Void> stop() {
    if (inbox.close()) {
      context.execute(this::run);
    }
    return drained.future();
  }

  /** Completes when every batch sent until now is finished and published. Any thread. */
  Future<Void> published() {
    return publishBarrier.whenPublished();
  }

  /** Answers overdue commands and retries what waits. Called every few milliseconds. */
  public void tick() {
    run();
  }

  private void run() {
    inbox.awake();
    for (QueuedCommand next = inbox.poll(); next != null; next = inbox.poll()) {
      queue.add(next);
    }
    queue.answerOverdue(clock.nanos());
    flush();
    inbox.oldest(queue.oldestArrival());
    if (inbox.isClosed() && inbox.depth() == 0) {
      drained.tryComplete();
    }
  }

  private void flush() {
    if (inFlight || connecting || !database.mayTry()) {
      return;
    }
    if (!writer.isConnected()) {
      connect(); // also without commands to write, because look-ups wait for the database too
      return;
    }
    StepPlan plan;
    do {
      plan = StepPlan.of(situation, clock.instant(), isolation.batchLimit());
    } while (carryOut(plan));
  }

  /**
   * Carries out a plan.
   *
   * @return whether another step is due at once, because commands have ended whose duplicates are
   *     ready now
   */
  private boolean carryOut(StepPlan plan) {
    queue.take(plan);
    if (plan.batch().size() > 0) {
      send(plan.batch());
    }
    plan.answered().forEach(queue::drop);
    metrics.unrated(plan.unrated().size());
    plan.unrated().forEach(queue::leaveUndecided);
    for (StepPlan.Fault it : plan.faults()) {
      LOG.error(
          "command failed by a fault of this program, its caller gets 500; report this line and its"
              + " stack trace, see PointsInternalErrors in the runbook: {}",
          it.queued().command,
          it.cause());
      queue.fail(it.queued(), it.cause());
    }
    prefetch.begin(plan, this::run); // last, because what loads at once calls run() again
    boolean hasEnded =
        !(plan.answered().isEmpty() && plan.unrated().isEmpty() && plan.faults().isEmpty());
    return !inFlight && hasEnded;
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
                database.notConnected(connected.cause());
              }
              run();
            });
  }

  private void send(BatchBuilder batch) {
    inFlight = true;
    long batchNo = publishBarrier.begin();
    long sentAt = clock.nanos();
    batch.queued().forEach(QueuedCommand::sent);
    writer
        .write(batch.toBatch(probes.isProbing()))
        .onComplete(written -> inFlight = false)
        .compose(result -> onWritten(batch, result, clock.nanos() - sentAt))
        .onFailure(cause -> failures.handle(batch, cause))
        .onComplete(
            done -> {
              publishBarrier.end(batchNo);
              run(); // starts the look-ups that waited for this batch
            });
  }

  private Future<Void> onWritten(BatchBuilder batch, BatchResult result, long nanos) {
    database.reached();
    isolation.written();
    metrics.written(batch.size(), batch.members().size(), nanos);
    budgets.learn(result.budgets());
    BatchOutcome outcome = BatchOutcome.of(batch, result);
    for (MemberKey member : outcome.outdated()) {
      states.suspect(member);
      metrics.outdated();
    }
    queue.decideAgain(outcome.again());
    replay(outcome.known());
    Future<Void> published = states.publish(outcome.committed());
    published.onComplete(
        done -> {
          outcome.confirmed().forEach(it -> queue.finish(it.queued(), it.outcome()));
          run(); // admits the duplicates that waited for them
        });
    run();
    return published;
  }

  private void replay(List<QueuedCommand> known) {
    if (known.isEmpty()) {
      return;
    }
    metrics.replayed(known.size());
    probes.duplicateSeen();
    known.forEach(QueuedCommand::markMayHaveEntry);
    replays
        .outcomes(known)
        .compose(first -> states.republish(first.values()).map(first))
        .onComplete(
            found -> {
              Map<QueuedCommand, Outcome> first = found.succeeded() ? found.result() : Map.of();
              if (found.failed()) {
                LOG.warn(
                    "{} first answers not read from PostgreSQL, the lane decides their commands"
                        + " again: {}",
                    known.size(),
                    found.cause().toString());
                database.failed();
              }
              first.forEach(queue::finish);
              // Also those whose deadline has passed meanwhile: their keys have to be released.
              queue.decideAgain(known.stream().filter(it -> !first.containsKey(it)).toList());
              run();
            });
  }
}
