package points.ledger.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/**
 * A node's connections besides those of its lanes, in a pool for each purpose. Work that keeps one
 * pool busy does not delay the others.
 *
 * @param reading for reads of callers, and for setting chains up
 * @param keys for looking up the API keys of callers
 * @param health for asking whether the database answers, and which nodes write to it
 * @param jobs for the background jobs
 * @param feed for numbering the feed, and for its consumers in the gateway: they wait for no caller
 * @param events for callers that read the feed
 */
public record Pools(Pool reading, Pool keys, Pool health, Pool jobs, Pool feed, Pool events) {

  private static final long PING_MS = 1_000;
  private static final int KEYS_MAX = 3;
  private static final int HEALTH_MAX = 2;
  private static final int JOBS_MAX = 3;
  private static final int FEED_MAX = 3;
  private static final int EVENTS_MAX = 4;

  /**
   * Opens no connection yet.
   *
   * @param readingMax connections for reading at most
   */
  public static Pools of(Database database, Vertx vertx, int readingMax) {
    return new Pools(
        database.pool(vertx, readingMax),
        database.pool(vertx, "points-keys", KEYS_MAX),
        database.pool(vertx, "points-health", HEALTH_MAX),
        database.pool(vertx, "points-jobs", JOBS_MAX),
        database.pool(vertx, "points-feed", FEED_MAX),
        database.pool(vertx, "points-events", EVENTS_MAX));
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return Future.join(
            reading.close(),
            keys.close(),
            health.close(),
            jobs.close(),
            feed.close(),
            events.close())
        .mapEmpty();
  }

  /** Returns whether the database answers within a second. */
  public Future<Boolean> isReached() {
    return health
        .query("SELECT 1")
        .execute()
        .timeout(PING_MS, TimeUnit.MILLISECONDS)
        .map(true)
        .otherwise(false);
  }
}
