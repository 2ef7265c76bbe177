package points.ledger.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.proof.Proofs;
import points.ledger.registry.Programs;

/** Background jobs of a node, each on an event loop. */
public final class Jobs {

  private final List<ClusterJob> jobs = new ArrayList<>(2);
  private final InstantSource time;
  private final Instant startedAt;

  private Jobs(InstantSource time) {
    this.time = time;
    this.startedAt = time.instant();
  }

  /**
   * Starts to look for work that is due.
   *
   * @param submit the way of any command, to the node that owns its member
   */
  public static Jobs start(
      Vertx vertx,
      Pool pool,
      Function<Command, Future<Outcome>> submit,
      Programs programs,
      JobOptions options,
      MeterRegistry meters) {
    return start(vertx, pool, submit, programs, options, meters, InstantSource.system());
  }

  /** The same by another clock than the machine's. */
  public static Jobs start(
      Vertx vertx,
      Pool pool,
      Function<Command, Future<Outcome>> submit,
      Programs programs,
      JobOptions options,
      MeterRegistry meters,
      InstantSource time) {
    var sweeps = new Jobs(time);
    var members = new MemberPages(pool);
    var sweep =
        new ExpirySweep(
            vertx, members, submit, programs::all, time, options, JobMetrics.ofSweep(meters));
    var expiry = new ClusterJob(vertx, pool, "expiry", sweep, time, options.looksEvery());
    sweeps.jobs.add(expiry);
    Gauge.builder("points.sweep.lag.seconds", expiry, it -> sweeps.lagSeconds(it.doneFrom()))
        .description("what has ended for longer is written down")
        .register(meters);
    JobMetrics ofAudit = JobMetrics.ofAudit(meters);
    if (options.auditPerSecond() > 0) {
      var auditor = new Auditor(vertx, members, new Proofs(pool), options, ofAudit);
      sweeps.jobs.add(new ClusterJob(vertx, pool, "audit", auditor, time, options.looksEvery()));
    }
    Context context = vertx.getOrCreateContext();
    sweeps.jobs.forEach(job -> context.runOnContext(started -> job.start()));
    return sweeps;
  }

  /** Before the first pass has ended, as long as the node has been there to see to it. */
  private double lagSeconds(@Nullable Instant doneFrom) {
    Instant from = doneFrom == null ? startedAt : doneFrom;
    return Duration.between(from, time.instant()).toMillis() / 1_000.0;
  }

  /** Ends what is under way; other nodes go on with it. */
  public Future<Void> stop() {
    return Future.join(jobs.stream().map(ClusterJob::stop).toList()).mapEmpty();
  }
}
