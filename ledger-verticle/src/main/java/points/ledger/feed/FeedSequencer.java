package points.ledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import points.cluster.timing.PollingLoop;
import points.ledger.database.PgClient;

/**
 * Gives the batches of the feed their places, after their commit. Every node tries again and again;
 * one at a time works, because it holds the row of the feed's end. If it dies, its transaction is
 * undone and the next node gives the same batches their places.
 *
 * <p>Example: batch 7 is written but its transaction is still open when batch 8 is committed. Batch
 * 8 gets place 100 now, and batch 7 place 101 after its commit. A consumer that has read place 100
 * finds batch 7 after it.
 */
final class FeedSequencer {

  private static final int BATCHES_MAX = 2_000;
  private static final long PAUSE_MS = 50;

  /** With more new batches than this, all that wait are woken. */
  private static final int LOOKED_AT_MAX = 5_000;

  /** Of the time, at most one part in so many is spent in the database. */
  private static final int REST_PARTS = 5;

  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private static final String NUMBER =
      "SELECT numbered, last_position, oldest_seconds FROM number_feed($1)";

  private static final String PROGRAMS = "SELECT DISTINCT program_id FROM feed WHERE position > $1";

  private final PgClient connections;
  private final FeedTail tail;
  private final AtomicLong pauseMs;
  private final PollingLoop rounds;
  private long announced = -1;
  private volatile double oldestSeconds;
  private volatile long lookedAt = System.nanoTime();

  FeedSequencer(Vertx vertx, Pool pool, FeedTail tail) {
    this.connections = new PgClient(pool);
    this.tail = tail;
    var pauseMs = new AtomicLong(PAUSE_MS);
    this.pauseMs = pauseMs;
    this.rounds = new PollingLoop(() -> vertx.timer(pauseMs.get()).mapEmpty(), "feed");
  }

  void start(MeterRegistry meters) {
    Gauge.builder("points.feed.lag", this, FeedSequencer::lagSeconds)
        .description("age of the oldest event that has no place in the feed yet")
        .baseUnit("seconds")
        .register(meters);
    rounds.startNow(this::round);
  }

  Future<Void> stop() {
    return rounds.stop();
  }

  /** Grows while the database cannot be asked. */
  private double lagSeconds() {
    return oldestSeconds + (System.nanoTime() - lookedAt) / NANOS;
  }

  private Future<Boolean> round() {
    long began = System.nanoTime();
    return connections
        .write(NUMBER, Tuple.of(BATCHES_MAX))
        .map(rows -> rows.iterator().next())
        .onSuccess(this::looked)
        .compose(
            row ->
                announce(row.getLong("last_position"))
                    .map(row.getInteger("numbered") == BATCHES_MAX))
        .onComplete(ended -> rest(System.nanoTime() - began));
  }

  /** A database that is slow is not asked more often for it. */
  private void rest(long roundNanos) {
    pauseMs.set(Math.max(PAUSE_MS, Duration.ofNanos(roundNanos).toMillis() * (REST_PARTS - 1)));
  }

  private void looked(Row row) {
    oldestSeconds = row.getDouble("oldest_seconds");
    lookedAt = System.nanoTime();
  }

  /** Wakes the callers that wait for events of the programs that have new ones. */
  private Future<Void> announce(long last) {
    long before = announced;
    if (last == before || !tail.hasWaiters()) {
      announced = last;
      return Future.succeededFuture();
    }
    if (before < 0 || last < before || last - before > LOOKED_AT_MAX) {
      tail.wakeAll();
      announced = last;
      return Future.succeededFuture();
    }
    return connections
        .read(PROGRAMS, Tuple.of(before))
        .map(
            rows -> {
              Set<String> programs = new HashSet<>();
              rows.forEach(row -> programs.add(row.getString(0)));
              tail.wake(programs);
              announced = last;
              return null;
            });
  }
}
