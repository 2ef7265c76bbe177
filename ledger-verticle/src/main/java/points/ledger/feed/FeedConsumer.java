package points.ledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.PollingLoop;
import points.ledger.database.PgClient;

/**
 * Follows the feed of all programs inside the gateway, and does each part of it exactly once.
 *
 * <p>Its place moves on in the transaction of its work: if the node dies, both are undone, and the
 * next node goes on there. Every node looks; one at a time works, because it holds the row of the
 * place.
 */
public final class FeedConsumer {

  /** Work on a part of the feed. */
  public interface Work {

    /**
     * Does the work for all places after one, up to another, in this transaction.
     *
     * @return completes when it is done; a failure undoes it, and it is tried again
     */
    Future<Void> apply(SqlClient transaction, long after, long upTo);
  }

  private static final Logger LOG = LoggerFactory.getLogger(FeedConsumer.class);

  /** Events that come within a pause are taken together, at a fraction of the price of each. */
  private static final long PAUSE_MS = 500;

  private static final int EVENTS_MAX = 20_000;
  private static final int EVENTS_MIN = 1;
  private static final int BATCHES_MAX = 2_000;

  private static final String REGISTER =
      "INSERT INTO feed_consumer (name) VALUES ($1) ON CONFLICT (name) DO NOTHING";

  private static final String BEHIND =
      """
      SELECT coalesce(extract(epoch FROM clock_timestamp() - f.numbered_at), 0)::float8 AS seconds
        FROM feed_consumer c
       CROSS JOIN LATERAL (
         SELECT numbered_at FROM feed WHERE position > c.last_position ORDER BY position LIMIT 1) f
       WHERE c.name = $1
      """;

  private static final String LOCK =
      "SELECT last_position FROM feed_consumer WHERE name = $1 FOR UPDATE SKIP LOCKED";

  /** Whole batches, of which the first may be as large as it is; and whether there are more. */
  private static final String UP_TO =
      """
      SELECT max(position) FILTER (WHERE before < $3) AS last,
             count(*) = $2 OR coalesce(bool_or(before >= $3), false) AS more
        FROM (SELECT position, sum(events) OVER (ORDER BY position) - events AS before
                FROM (SELECT position, events FROM feed
                       WHERE position > $1 ORDER BY position LIMIT $2) f) s
      """;

  private static final String MOVE =
      "UPDATE feed_consumer SET last_position = $2, updated_at = now() WHERE name = $1";

  private final PgClient connections;
  private final String name;
  private final Work work;
  private final PollingLoop rounds;
  private final AtomicReference<Double> behind = new AtomicReference<>(0.0);
  private volatile int eventsMax = EVENTS_MAX;
  private volatile boolean registered;

  /**
   * @param name by which its place is kept
   */
  public FeedConsumer(Vertx vertx, Pool pool, String name, Work work) {
    this.connections = new PgClient(pool);
    this.name = name;
    this.work = work;
    this.rounds = new PollingLoop(PollingLoop.pausesOf(vertx, PAUSE_MS), "feed consumer " + name);
  }

  public void start(MeterRegistry meters) {
    Gauge.builder("points.feed.consumer.lag", behind, AtomicReference::get)
        .tag("consumer", name)
        .description("age of the oldest event that the consumer has not taken")
        .baseUnit("seconds")
        .register(meters);
    rounds.startNow(this::round);
  }

  /** Completes when nothing is under way any more. */
  public Future<Void> stop() {
    return rounds.stop();
  }

  private Future<Boolean> round() {
    return register()
        .compose(known -> connections.read(BEHIND, Tuple.of(name)))
        .compose(
            rows -> {
              behind.set(rows.size() == 0 ? 0.0 : rows.iterator().next().getDouble("seconds"));
              return rows.size() == 0 ? Future.succeededFuture(false) : part();
            });
  }

  private Future<Void> register() {
    return registered
        ? Future.succeededFuture()
        : connections
            .write(REGISTER, Tuple.of(name))
            .onSuccess(done -> registered = true)
            .mapEmpty();
  }

  /** Does a part; one that cannot be done in time is tried again in smaller parts. */
  private Future<Boolean> part() {
    return connections
        .inTransaction(this::part)
        .onSuccess(did -> eventsMax = Math.min(EVENTS_MAX, eventsMax * 2))
        .onFailure(
            cause -> {
              eventsMax = Math.max(EVENTS_MIN, eventsMax / 4);
              LOG.warn("consumer {} of the feed tries again: {}", name, cause.toString());
            });
  }

  private Future<Boolean> part(SqlClient transaction) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(name))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(false)
                    : part(transaction, rows.iterator().next().getLong("last_position")));
  }

  private Future<Boolean> part(SqlClient transaction, long after) {
    return transaction
        .preparedQuery(UP_TO)
        .execute(Tuple.of(after, BATCHES_MAX, eventsMax))
        .map(rows -> rows.iterator().next())
        .compose(
            upTo -> {
              Long last = upTo.getLong("last");
              return last == null
                  ? Future.succeededFuture(false)
                  : work.apply(transaction, after, last)
                      .compose(
                          done -> transaction.preparedQuery(MOVE).execute(Tuple.of(name, last)))
                      .map(upTo.getBoolean("more"));
            });
  }
}
