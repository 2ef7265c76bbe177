package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.cluster.timing.Backoff;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.model.MemberKey;
import points.ledger.program.Program;

/**
 * Writes entries for the effects of time: expired lots, ended holds, pending points that became
 * available, reviews of tiers.
 *
 * <p>These effects hold already, for every reader; the entries make rows and reports show them,
 * too. They pass through the lanes like any command, so that traffic goes on meanwhile.
 */
final class ExpirySweep implements JobTask {

  /** A pass begins this long after the one before, and whenever a day begins for a program. */
  static final Duration PERIOD = Duration.ofHours(1);

  private static final int AT_ONCE_MAX = 64;

  /** The search for what is due rests for so long after each page. */
  private static final long REST_MS = 20;

  private static final int TRIES_MAX = 5;
  private static final Backoff PAUSES =
      Backoff.doubling(Duration.ofMillis(500), Duration.ofSeconds(2));

  private final Vertx vertx;
  private final MemberPages members;
  private final Function<Command, Future<Outcome>> submit;
  private final Supplier<Collection<Program>> programs;
  private final InstantSource time;
  private final RateLimiter pace;
  private final int page;
  private final JobMetrics metrics;

  ExpirySweep(
      Vertx vertx,
      MemberPages members,
      Function<Command, Future<Outcome>> submit,
      Supplier<Collection<Program>> programs,
      InstantSource time,
      JobOptions options,
      JobMetrics metrics) {
    this.vertx = vertx;
    this.members = members;
    this.submit = submit;
    this.programs = programs;
    this.time = time;
    this.pace = new RateLimiter(vertx, options.sweepPerSecond(), AT_ONCE_MAX);
    this.page = Math.min(options.pageMax(), 10 * options.sweepPerSecond());
    this.metrics = metrics;
  }

  @Override
  public boolean isDue(@Nullable Instant started, Instant now) {
    return started == null
        || !now.isBefore(started.plus(PERIOD))
        || programs.get().stream().anyMatch(it -> isAnotherDay(started, now, it.timeZone()));
  }

  private static boolean isAnotherDay(Instant started, Instant now, ZoneId zone) {
    return !LocalDate.ofInstant(started, zone).equals(LocalDate.ofInstant(now, zone));
  }

  @Override
  public Future<Done> page(@Nullable MemberKey after, BooleanSupplier goesOn) {
    return members
        .due(after, page, time.instant())
        .compose(
            found ->
                pace.forEach(found.wanted(), goesOn, member -> applyTimeEffects(member, 1))
                    .map(entries -> new Done(found.last(), found.wanted().size(), entries)))
        .compose(done -> vertx.timer(REST_MS).map(done));
  }

  /** A ledger that has too much to do is asked again; after some times the next pass asks. */
  private Future<Long> applyTimeEffects(MemberKey member, int tries) {
    return submit
        .apply(Command.ApplyTimeEffects.of(member))
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.TimeApplied settled) {
                metrics.done(settled.entries());
                return Future.succeededFuture((long) settled.entries());
              }
              return tries < TRIES_MAX
                  ? vertx
                      .timer(PAUSES.after(tries).toMillis())
                      .compose(late -> applyTimeEffects(member, tries + 1))
                  : Future.failedFuture(member + " not settled: " + outcome);
            });
  }
}
