package points.ledger.whatif.run;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.database.DatabaseAwayException;
import points.ledger.registry.Programs;
import points.ledger.rulebook.Timelines;
import points.ledger.store.BeforePeriod;
import points.ledger.store.RecordedPeriod;
import points.ledger.whatif.run.SimulationClaims.Claimed;
import points.ledger.whatif.run.SimulationClaims.End;

/**
 * Carries out the simulations that people ask for, one at a time on each node.
 *
 * <p>A node claims the one that has waited longest, and says again and again that it is at work. If
 * it dies, another node begins the simulation anew.
 */
public final class SimulationWorker {

  /** More may wait where one was. */
  private static final long SOON_MS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(SimulationWorker.class);
  private static final long STOP_MS = 5_000;

  /** The claim is renewed at most so often. */
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final RecordedPeriod period;
  private final BeforePeriod before;
  private final SimulationClaims claims;
  private final Programs programs;
  private final Timelines timelines;
  private final InstantSource time;
  private final SimulationLimits limits;
  private final long look;
  private volatile boolean stopped;
  private volatile Future<Void> run = Future.succeededFuture();
  private long renewedAt;

  SimulationWorker(
      Vertx vertx,
      Pool pool,
      Programs programs,
      Timelines timelines,
      InstantSource time,
      SimulationLimits limits,
      Duration looksEvery) {
    this.vertx = vertx;
    this.period = new RecordedPeriod(pool);
    this.before = new BeforePeriod(pool);
    this.claims = new SimulationClaims(pool, UUID.randomUUID().toString());
    this.programs = programs;
    this.timelines = timelines;
    this.time = time;
    this.limits = limits;
    this.look = looksEvery.toMillis();
  }

  /** Starts to look for simulations that wait. */
  public static SimulationWorker start(
      Vertx vertx,
      Pool pool,
      Programs programs,
      Timelines timelines,
      InstantSource time,
      Duration looksEvery) {
    var worker =
        new SimulationWorker(
            vertx, pool, programs, timelines, time, SimulationLimits.OF_NODE, looksEvery);
    vertx.getOrCreateContext().runOnContext(started -> worker.look());
    return worker;
  }

  void look() {
    Future<Boolean> round =
        claims
            .claim(time.instant())
            .compose(
                claimed ->
                    claimed.isEmpty()
                        ? Future.succeededFuture(false)
                        : carryOut(claimed.get()).map(true))
            .onFailure(cause -> LOG.debug("no simulation carried out: {}", cause.toString()))
            .otherwise(false);
    run = round.mapEmpty();
    round
        .compose(hadOne -> vertx.timer(hadOne ? SOON_MS : look))
        .onSuccess(
            again -> {
              if (!stopped) {
                look();
              }
            });
  }

  private Future<Void> carryOut(Claimed of) {
    LOG.info(
        "simulation {} of rule book {} begins",
        of.simulation().simulationId(),
        of.simulation().ruleBookId());
    var work =
        new SimulationRun(
            vertx,
            period,
            before,
            programs,
            timelines,
            of,
            limits,
            (done, total) -> goesOn(of, done, total));
    renewedAt = System.nanoTime() - RENEW_NANOS;
    return work.run()
        .transform(
            ended ->
                ended.succeeded()
                    ? end(
                        of,
                        work,
                        new End(
                            Simulation.State.DONE,
                            null,
                            ended.result().result(),
                            ended.result().hash()))
                    : failed(of, work, ended.cause()));
  }

  private Future<Boolean> goesOn(Claimed of, long done, long total) {
    if (stopped) {
      return Future.succeededFuture(false);
    }
    if (System.nanoTime() - renewedAt < RENEW_NANOS) {
      return Future.succeededFuture(true);
    }
    renewedAt = System.nanoTime();
    return claims.renew(of, done, total);
  }

  private Future<Void> failed(Claimed of, SimulationRun work, Throwable cause) {
    if (cause instanceof StoppedException) {
      return claims.release(of);
    }
    if (cause instanceof DatabaseAwayException) {
      LOG.info(
          "simulation {} is begun again when its claim has run out: {}",
          of.simulation().simulationId(),
          cause.toString());
      return Future.succeededFuture();
    }
    String failure = cause instanceof TooLargeException large ? large.failure : "internal_error";
    if (!(cause instanceof TooLargeException)) {
      LOG.warn(
          "simulation {} of rule book {} failed: it can be asked for again; report this line and"
              + " its stack trace when it fails again",
          of.simulation().simulationId(),
          of.simulation().ruleBookId(),
          cause);
    }
    return end(of, work, new End(Simulation.State.FAILED, failure, null, null));
  }

  private Future<Void> end(Claimed of, SimulationRun work, End end) {
    return claims.end(of, end, work.done(), work.total(), time.instant());
  }

  /** Ends what is under way; another node begins it again. */
  public Future<Void> stop() {
    stopped = true;
    return run.timeout(STOP_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }
}
