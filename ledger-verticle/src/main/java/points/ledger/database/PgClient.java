package points.ledger.database;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs work on a pool's connections: each call gets one and gives it back within a known time.
 *
 * <p>If the database is away, the call fails with {@link DatabaseAwayException}, which knows
 * whether the work may have been done; all other failures stay as they are.
 */
public final class PgClient {

  /** Longer than the server itself lets a statement run, for when the server is silent. */
  private static final long ANSWER_MS = Database.STATEMENT_TIMEOUT.plusSeconds(1).toMillis();

  private static final long WAIT_MS = 3_000;

  private final Pool pool;

  public PgClient(Pool pool) {
    this.pool = pool;
  }

  /** Runs a statement that changes nothing. */
  public Future<RowSet<Row>> read(String sql, Tuple arguments) {
    return with(connection -> execute(connection, sql, arguments, false));
  }

  /** Runs a statement that changes something, and is its own transaction. */
  public Future<RowSet<Row>> write(String sql, Tuple arguments) {
    return with(connection -> execute(connection, sql, arguments, true));
  }

  /** Does the work in a transaction, which is rolled back when the work fails. */
  public <T> Future<T> inTransaction(Function<SqlClient, Future<T>> work) {
    return with(
        connection ->
            inTime(connection.begin(), false)
                .compose(
                    transaction ->
                        inTime(work.apply(connection), false)
                            .compose(
                                done -> inTime(transaction.commit(), true).map(done),
                                failure -> rollback(transaction, failure)))
                .recover(cause -> Future.failedFuture(failure(cause, false))));
  }

  private static <T> Future<T> rollback(Transaction transaction, Throwable failure) {
    return inTime(transaction.rollback(), false).transform(done -> Future.failedFuture(failure));
  }

  /** A connection that cannot be had says the same whatever its exception: nothing was sent. */
  private <T> Future<T> with(Function<SqlConnection, Future<T>> work) {
    Future<SqlConnection> asked = pool.getConnection();
    return asked
        .timeout(WAIT_MS, TimeUnit.MILLISECONDS)
        .onFailure(late -> asked.onSuccess(SqlConnection::close))
        .recover(cause -> Future.failedFuture(new DatabaseAwayException(false, cause)))
        .compose(
            connection -> {
              Future<T> worked = work.apply(connection);
              worked.onComplete(done -> connection.close()); // no wait: its server may be silent
              return worked;
            });
  }

  private static Future<RowSet<Row>> execute(
      SqlConnection connection, String sql, Tuple arguments, boolean changes) {
    return inTime(connection.preparedQuery(sql).execute(arguments), changes);
  }

  private static <T> Future<T> inTime(Future<T> answer, boolean changes) {
    return answer
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(failure(cause, changes)));
  }

  private static Throwable failure(Throwable cause, boolean changes) {
    if (cause instanceof PgException error) {
      return isAway(String.valueOf(error.getSqlState()))
          ? new DatabaseAwayException(false, cause)
          : cause;
    }
    // A connection that was lost, or was found to be so when it was to be used, is a
    // VertxException.
    boolean lost =
        cause instanceof VertxException
            || cause instanceof TimeoutException
            || cause instanceof IOException;
    return lost ? new DatabaseAwayException(changes, cause) : cause;
  }

  /**
   * Returns whether an SQLState means that the database is away, and the caller may try again.
   *
   * <p>It does when the server is shutting down or starting, out of connections, disk or memory,
   * read-only, has a fault of its own (as a standby that is asked to write before it is promoted),
   * is slower than a statement or the wait for a lock may take, or has ended the transaction in
   * favour of another (a deadlock). The server said so, so it has rolled back.
   */
  private static boolean isAway(String state) {
    return state.startsWith("57")
        || state.startsWith("53")
        || state.startsWith("40")
        || state.startsWith("XX")
        || state.equals("25006")
        || state.equals("55P03");
  }
}
