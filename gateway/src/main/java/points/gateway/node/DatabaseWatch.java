package points.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import points.ledger.database.DatabaseAwayException;
import points.ledger.database.PgClient;

/** Asks the database how it is; all who ask within a second get one answer. */
public final class DatabaseWatch {

  private static final Duration KEPT = Duration.ofSeconds(1);

  /** To measure a large database means to look at many files. */
  private static final Duration SIZE_KEPT = Duration.ofMinutes(1);

  private static final long ANSWER_MS = 1_000;

  private static final String STATUS =
      """
      SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
             coalesce(extract(epoch FROM clock_timestamp() -
               (SELECT min(queued_at) FROM feed_unnumbered)), 0)::float8 AS feed_lag,
             (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('name', c.name, 'lagMillis',
                       coalesce(extract(epoch FROM clock_timestamp() - f.numbered_at) * 1000, 0)::bigint,
                       'rebuildingSince', CASE c.name WHEN 'figures' THEN to_char(
                         coalesce((SELECT begun_at FROM rebuild_of_figures),
                           CASE WHEN c.last_position < c.made_again_to THEN c.made_again_since END)
                         AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END))
                       ORDER BY c.name), '[]')
                FROM feed_consumer c
                LEFT JOIN LATERAL (
                  SELECT numbered_at FROM feed
                   WHERE position > c.last_position ORDER BY position LIMIT 1) f ON true) AS consumers,
             o.waiting AS outbox_waiting,
             coalesce(extract(epoch FROM clock_timestamp() - o.oldest), 0)::float8 AS outbox_oldest,
             (SELECT coalesce(json_agg(json_build_object('name', j.name,
                       'running', j.run_until IS NOT NULL AND j.run_until > clock_timestamp(),
                       'doneFrom', to_char(j.done_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                       ORDER BY j.name), '[]') FROM job j) AS jobs
        FROM (SELECT count(*) AS waiting, min(created_at) AS oldest
                FROM (SELECT created_at FROM outbox ORDER BY due_at LIMIT $1) w) o
      """;

  private static final String SIZE =
      """
      SELECT pg_database_size(current_database()) AS bytes,
             (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
             current_setting('max_connections')::integer AS connections_max
      """;

  private final PgClient connections;
  private final SharedAnswer<DatabaseStatus> status;
  private final SharedAnswer<DatabaseStatus.Size> size;

  public DatabaseWatch(Vertx vertx, Pool pool) {
    this.connections = new PgClient(pool);
    this.status = new SharedAnswer<>(vertx, KEPT);
    this.size = new SharedAnswer<>(vertx, SIZE_KEPT);
  }

  /** Returns its state; empty when it does not answer within a second. */
  public Future<Optional<DatabaseStatus>> status() {
    return orSilent(status.get(this::readStatus));
  }

  /** Returns its size, at most a minute old; empty when it does not answer within a second. */
  public Future<Optional<DatabaseStatus.Size>> size() {
    return orSilent(size.get(this::readSize));
  }

  private Future<DatabaseStatus> readStatus() {
    return connections
        .read(STATUS, Tuple.of(DatabaseStatus.COUNTED_MAX))
        .map(rows -> DatabaseStatus.of(rows.iterator().next()))
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
  }

  private Future<DatabaseStatus.Size> readSize() {
    return connections
        .read(SIZE, Tuple.tuple())
        .map(rows -> DatabaseStatus.Size.of(rows.iterator().next()))
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
  }

  private static <T> Future<Optional<T>> orSilent(Future<T> answer) {
    return answer
        .map(Optional::of)
        .recover(
            cause ->
                cause instanceof DatabaseAwayException || cause instanceof TimeoutException
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(cause));
  }
}
