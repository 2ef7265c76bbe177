package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import points.ledger.model.MemberKey;

/**
 * Background job that runs on one node of the cluster at a time. Every few seconds a node checks
 * whether the job is due and free, takes it, does page after page, saves its position after each,
 * and releases it at the end. If the node dies, another node takes the job after half a minute and
 * repeats the page that was under way. Belongs to one event loop.
 */
final class ClusterJob {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterJob.class);

  /** Three tries within the time that the job is held. */
  private static final long RENEW_MS = 10_000;

  private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(JobTable.HELD_SECONDS);
  private static final long STOP_MS = 5_000;

  private final Vertx vertx;
  private final String name;
  private final JobTable table;
  private final JobTask work;
  private final InstantSource time;
  private final long look;
  private long heldUntilNanos;
  private volatile boolean stopped;
  private volatile @Nullable Instant doneFrom;
  private volatile Future<Void> run = Future.succeededFuture();

  /**
   * @param looksEvery interval of the checks whether the job is due
   */
  ClusterJob(
      Vertx vertx, Pool pool, String name, JobTask work, InstantSource time, Duration looksEvery) {
    this.vertx = vertx;
    this.name = name;
    this.table = new JobTable(pool, name, UUID.randomUUID().toString());
    this.work = work;
    this.time = time;
    this.look = looksEvery.toMillis();
  }

  /** Starts the checks. */
  void start() {
    run =
        tryRun()
            .onFailure(
                cause ->
                    LOG.warn(
                        "{} goes on later, after the last member done, on this node or another;"
                            + " for hours see PointsSweepBehind in the runbook: {}",
                        name,
                        cause.toString()))
            .otherwiseEmpty();
    run.compose(ended -> vertx.timer(look))
        .onSuccess(
            again -> {
              if (!stopped) {
                start();
              }
            });
  }

  /** Ends after what is under way, and lets another node go on. */
  Future<Void> stop() {
    stopped = true;
    return run.timeout(STOP_MS, TimeUnit.MILLISECONDS)
        .transform(ended -> table.giveUp())
        .onFailure(cause -> LOG.debug("{} not given up: {}", name, cause.toString()))
        .otherwiseEmpty();
  }

  /** Since when something may be undone, for want of a pass that came to its end. */
  @Nullable Instant doneFrom() {
    return doneFrom;
  }

  private Future<Void> tryRun() {
    return table
        .look()
        .compose(
            row -> {
              doneFrom = row.doneFrom();
              boolean due = row.isUnderWay() || work.isDue(row.startedAt(), time.instant());
              return due && !stopped ? take() : Future.succeededFuture();
            });
  }

  private Future<Void> take() {
    long asked = System.nanoTime();
    return table
        .take()
        .compose(
            taken -> {
              if (taken.isEmpty()) {
                return Future.succeededFuture();
              }
              heldUntilNanos = asked + HELD_NANOS;
              long renewing = vertx.setPeriodic(RENEW_MS, id -> renew());
              return begin(taken.get()).onComplete(ended -> vertx.cancelTimer(renewing));
            });
  }

  /** Another may have finished the pass between the look and the taking. */
  private Future<Void> begin(JobRow row) {
    if (row.isUnderWay()) {
      LOG.info("{} goes on after {} members", name, row.members());
      return pages(row);
    }
    if (!work.isDue(row.startedAt(), time.instant())) {
      return table.giveUp();
    }
    return table
        .begin(time.instant())
        .compose(begun -> begun.isEmpty() ? Future.succeededFuture() : pages(begun.get()));
  }

  private void renew() {
    long asked = System.nanoTime();
    table
        .renew()
        .onSuccess(held -> heldUntilNanos = held ? asked + HELD_NANOS : asked)
        .onFailure(cause -> LOG.debug("{} not renewed: {}", name, cause.toString()));
  }

  /** By this node's own clock, which began to count before the database's did. */
  private boolean goesOn() {
    return !stopped && System.nanoTime() - heldUntilNanos < 0;
  }

  private Future<Void> pages(JobRow row) {
    var pass = new Pass(row.cursor(), row.members(), row.results());
    pass.next();
    return pass.ended.future();
  }

  /** The pages of one pass; not a chain of futures, which would be as long as the pass. */
  private final class Pass {
    private final Promise<Void> ended = Promise.promise();
    private @Nullable MemberKey cursor;
    private long members;
    private long results;

    private Pass(@Nullable MemberKey cursor, long members, long results) {
      this.cursor = cursor;
      this.members = members;
      this.results = results;
    }

    private void next() {
      if (!goesOn()) {
        ended.complete();
        return;
      }
      Future.succeededFuture(cursor)
          .compose(
              after -> work.page(after, ClusterJob.this::goesOn)) // so that nothing is thrown here
          .compose(this::note)
          .onSuccess(
              more -> {
                if (more) {
                  next();
                } else {
                  ended.complete();
                }
              })
          .onFailure(ended::fail);
    }

    private Future<Boolean> note(JobTask.Done done) {
      if (!goesOn()) {
        return Future.succeededFuture(false); // the page may have been cut short
      }
      members += done.members();
      results += done.results();
      cursor = done.last();
      if (cursor != null) {
        return table.save(cursor, members, results);
      }
      return table
          .finish(time.instant(), members, results)
          .onSuccess(finished -> logDone())
          .map(false);
    }

    /** A pass over nobody, such as the first of a new database, is no news. */
    private void logDone() {
      var level = members > 0 ? Level.INFO : Level.DEBUG;
      LOG.atLevel(level).log("{} done: {} members, {} results", name, members, results);
    }
  }
}
