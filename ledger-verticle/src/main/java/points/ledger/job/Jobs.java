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
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.proof.Proofs;
import points.ledger.registry.Programs;

/** Background jobs of a node, each on an event loop. */
public final class Jobs {

  private final List<ClusterJob> jobs;

  private Jobs(List<ClusterJob> jobs) {
    this.jobs = jobs;
  }

  /**
   * Starts to look for work that is due.
   *
   * @param submit the way of any command, to the node that owns its member
   * @param time says what is due
   */
  public static Jobs start(
      Vertx vertx,
      Pool pool,
      Function<Command, Future<Outcome>> submit,
      Programs programs,
      JobOptions options,
      MeterRegistry meters,
      InstantSource time) {
    var members = new MemberPages(pool);
    var jobs = new ArrayList<ClusterJob>();
    var sweep =
        new ExpirySweep(
            vertx, members, submit, programs::all, time, options, JobMetrics.ofSweep(meters));
    var expiry = new ClusterJob(vertx, pool, "expiry", sweep, time, options.looksEvery());
    jobs.add(expiry);
    observeLag(expiry, time, meters);
    JobMetrics ofAudit = JobMetrics.ofAudit(meters);
    if (options.auditPerSecond() > 0) {
      var auditor = new Auditor(vertx, members, new Proofs(pool, time), options, ofAudit);
      jobs.add(new ClusterJob(vertx, pool, "audit", auditor, time, options.looksEvery()));
    }
    Context context = vertx.getOrCreateContext();
    jobs.forEach(job -> context.runOnContext(started -> job.start()));
    return new Jobs(List.copyOf(jobs));
  }

  /** Before the first pass has ended, the lag is counted from the start of this node. */
  private static void observeLag(ClusterJob expiry, InstantSource time, MeterRegistry meters) {
    Instant startedAt = time.instant();
    Gauge.builder("points.sweep.lag.seconds", expiry, it -> lagSeconds(it, startedAt, time))
        .description("what has ended for longer is written down")
        .register(meters);
  }

  private static double lagSeconds(ClusterJob expiry, Instant startedAt, InstantSource time) {
    Instant doneFrom = expiry.doneFrom();
    Instant from = doneFrom == null ? startedAt : doneFrom;
    return Duration.between(from, time.instant()).toMillis() / 1_000.0;
  }

  /** Ends what is under way; other nodes go on with it. */
  public Future<Void> stop() {
    return Future.join(jobs.stream().map(ClusterJob::stop).toList()).mapEmpty();
  }
}
