package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;
import points.ledger.domain.Outcome.Cause;
import points.ledger.domain.Program;
import points.ledger.store.BatchResult;
import points.ledger.store.WriteFailure;
import points.ledger.store.Writer;

/**
 * Decides on the members that fall to it, in batches: one is in flight while the next collects.
 *
 * <p>Commands arrive from any thread; all else happens on the lane's own context. A command is
 * answered once: after the commit of its batch, or as certainly not applied, or as in doubt when
 * its deadline passes while its batch is in flight.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long RETRY_PAUSE_NANOS = 50_000_000;

  /** Repeated commands come in company: after one, every command is looked for, for so long. */
  private static final long LOOK_NANOS = 10_000_000_000L;

  private final Executor context;
  private final LaneOptions options;
  private final LaneClock clock;
  private final Writer writer;
  private final States states;
  private final Replays replays;
  private final Function<String, @Nullable Program> programs;
  private final LaneMetrics metrics;

  private final Queue<Pending> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicInteger depth = new AtomicInteger();
  private final Promise<Void> drained = Promise.promise();

  private final Backlog backlog;

  private boolean connecting;
  private boolean inFlight;
  private long inFlightSince;
  private long pausedUntil;
  private long lookUntil;
  private int limit;
  private volatile long oldestArrival;
  private volatile boolean databaseAway;
  private volatile boolean stopping;

  Lane(
      Executor context,
      LaneOptions options,
      LaneClock clock,
      Writer writer,
      States states,
      Replays replays,
      Function<String, @Nullable Program> programs,
      LaneMetrics metrics) {
    this.context = context;
    this.options = options;
    this.clock = clock;
    this.writer = writer;
    this.states = states;
    this.replays = replays;
    this.programs = programs;
    this.metrics = metrics;
    this.backlog = new Backlog(depth, this::whyNot);
    this.limit = options.batchMax();
    this.oldestArrival = Long.MAX_VALUE;
    this.pausedUntil = clock.nanos();
    this.lookUntil = clock.nanos();
  }

  /** Takes a command on, or turns it away at once. Any thread. */
  void submit(Pending pending) {
    int ahead = depth.getAndIncrement(); // before the look at stopping: stop() waits for depth 0
    if (stopping) {
      turnAway(pending, Cause.STOPPING);
    } else if (ahead >= options.commandsMax() || ageNanos() > options.ageMax().toNanos()) {
      turnAway(pending, whyNot());
    } else {
      inbox.add(pending);
      wake();
    }
  }

  private void turnAway(Pending pending, Cause cause) {
    depth.decrementAndGet();
    pending.answer(new Outcome.NotApplied(cause));
  }

  private Cause whyNot() {
    return databaseAway ? Cause.UNAVAILABLE : Cause.OVERLOADED;
  }

  /** Commands waiting or in flight. */
  int depth() {
    return depth.get();
  }

  /** How long the oldest of them has waited. */
  long ageNanos() {
    long oldest = oldestArrival;
    return oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.nanos() - oldest);
  }

  /** Whether batches reach the database. */
  boolean isWell() {
    return !databaseAway && !stopping;
  }

  /** Takes nothing on any more; completes when all that was taken on is answered. */
  public Future<Void> stop() {
    stopping = true;
    wake();
    return drained.future();
  }

  /** Lets time pass: answers what is overdue, retries what waits. Called every few milliseconds. */
  public void tick() {
    backlog.answerOverdue(clock.nanos());
    run();
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      context.execute(this::run);
    }
  }

  private void run() {
    woken.set(false);
    for (Pending next = inbox.poll(); next != null; next = inbox.poll()) {
      backlog.add(next);
    }
    flush();
    oldestArrival = backlog.oldestArrival();
    if (stopping && depth.get() == 0) {
      drained.tryComplete();
    }
  }

  private void flush() {
    if (inFlight || connecting || clock.nanos() - pausedUntil < 0) {
      return;
    }
    if (!writer.isConnected()) {
      // With nothing to write too: a node that is not ready is given nothing to write.
      if (databaseAway || backlog.hasNext()) {
        connect();
      }
      return;
    }
    if (!backlog.hasNext()) {
      databaseAway = false;
      return;
    }
    var unknown = new ArrayList<MemberKey>();
    Decisions batch = collect(unknown);
    if (batch.size() > 0) {
      send(batch);
    }
    if (!unknown.isEmpty()) {
      load(unknown); // last: what is there at once comes back here for the next batch
    }
  }

  private void connect() {
    connecting = true;
    writer
        .connect()
        .onComplete(
            connected -> {
              connecting = false;
              databaseAway = connected.failed();
              if (connected.failed()) {
                LOG.warn("no connection to the database: {}", connected.cause().toString());
                pause();
              }
              run();
            });
  }

  private void send(Decisions batch) {
    inFlight = true;
    inFlightSince = clock.nanos();
    batch.pending().forEach(it -> it.inFlight = true);
    writer
        .write(batch.toBatch(clock.nanos() - lookUntil < 0))
        .onComplete(
            written -> {
              inFlight = false;
              if (written.succeeded()) {
                onWritten(batch, written.result());
              } else {
                onFailure(batch, written.cause());
              }
              run();
            });
  }

  /**
   * Folds the commands that wait, up to the limit; those on members not yet known are set aside.
   *
   * @param unknown where such members are put
   */
  private Decisions collect(List<MemberKey> unknown) {
    var batch = new Decisions(clock.instant());
    while (batch.size() < limit) {
      Pending next = backlog.next();
      if (next == null) {
        break;
      }
      Known known = states.find(next.command.member());
      boolean waits = backlog.waitsForLoad(next);
      if (known != null && !waits) {
        decide(batch, next, known);
      } else if (!waits) {
        backlog.waitForLoad(next);
        unknown.add(next.command.member());
      }
    }
    return batch;
  }

  private void decide(Decisions batch, Pending next, Known known) {
    try {
      Program rules = programs.apply(next.command.member().programId());
      if (rules == null) {
        throw new IllegalStateException("no program " + next.command.member().programId());
      }
      batch.decide(next, known, rules);
    } catch (RuntimeException fault) {
      LOG.error("command not decided: {}", next.command, fault);
      backlog.fail(next, fault);
    }
  }

  private void load(List<MemberKey> members) {
    metrics.loaded(members.size());
    states
        .load(members)
        .onComplete(
            loaded -> {
              databaseAway = loaded.failed();
              if (loaded.failed()) {
                LOG.warn("{} members not loaded: {}", members.size(), loaded.cause().toString());
                pause();
              }
              members.forEach(backlog::loaded);
              run();
            });
  }

  private void onWritten(Decisions batch, BatchResult result) {
    databaseAway = false;
    limit = Math.min(options.batchMax(), limit * 2);
    metrics.written(batch.size(), batch.members().size(), clock.nanos() - inFlightSince);
    Verdict verdict = Verdict.of(batch, result);
    for (MemberKey member : verdict.stale()) {
      states.doubt(member);
      metrics.stale();
    }
    backlog.decideAgain(verdict.again());
    replay(verdict.known());
    states
        .publish(verdict.committed())
        .onComplete(
            done -> {
              verdict.confirmed().forEach(it -> backlog.finish(it.pending(), it.outcome()));
              run(); // for those that followed them
            });
  }

  private void replay(List<Pending> known) {
    if (known.isEmpty()) {
      return;
    }
    metrics.replayed(known.size());
    lookUntil = clock.nanos() + LOOK_NANOS;
    known.forEach(it -> it.inDoubt = true);
    replays
        .outcomes(known)
        .onComplete(
            found -> {
              if (found.succeeded()) {
                found.result().forEach(backlog::finish);
              } else {
                LOG.warn("{} replays not read: {}", known.size(), found.cause().toString());
                pause();
              }
              backlog.decideAgain(known.stream().filter(it -> !it.isAnswered()).toList());
              run();
            });
  }

  private void onFailure(Decisions batch, Throwable cause) {
    WriteFailure.Kind kind =
        cause instanceof WriteFailure failure ? failure.kind() : WriteFailure.Kind.UNKNOWN;
    List<Pending> pending = batch.pending();
    lookUntil = clock.nanos() + LOOK_NANOS;
    switch (kind) {
      case CONFLICT -> {
        LOG.debug("batch of {} commands: {}", batch.size(), cause.toString());
        metrics.conflict();
        backlog.decideAgain(pending);
      }
      case REJECTED -> isolate(pending, cause);
      case UNAVAILABLE -> {
        databaseAway = true;
        pause();
        backlog.putBack(pending);
      }
      case UNKNOWN -> {
        LOG.warn("batch of {} commands: {}", batch.size(), cause.toString());
        metrics.unknown();
        pending.forEach(it -> it.inDoubt = true);
        batch.members().forEach(member -> states.doubt(member.key));
        backlog.decideAgain(pending);
      }
    }
  }

  /**
   * Halves the batch until the command that cannot be written is alone, and fails it. That always
   * comes to an end, so it is no attempt that counts: the others are innocent.
   */
  private void isolate(List<Pending> pending, Throwable cause) {
    if (pending.size() == 1) {
      LOG.error("command not written: {}", pending.get(0).command, cause);
      backlog.fail(pending.get(0), cause);
    } else {
      LOG.warn("batch of {} commands: {}", pending.size(), cause.toString());
      limit = pending.size() / 2;
      backlog.putBack(pending);
    }
  }

  private void pause() {
    pausedUntil = clock.nanos() + RETRY_PAUSE_NANOS;
  }
}
