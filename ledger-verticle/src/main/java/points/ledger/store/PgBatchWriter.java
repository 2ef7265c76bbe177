package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.BatchWriter;
import points.ledger.commit.WriteFailureException;
import points.ledger.commit.WriteFailureException.Kind;
import points.ledger.database.Database;
import points.ledger.database.LaneSessions;

/**
 * A lane's own connection to the database. One batch at a time.
 *
 * <p>Not thread-safe: all calls come from one context. Every call ends within a known time, also
 * when the server says nothing at all. Nothing is tried again here: the lane does that, after a
 * pause where the database is away.
 *
 * <p>Example: the connection is lost while a batch is on it, in session 4711. Before the next
 * batch, a new connection ends session 4711 and waits until it is gone. From then on the lost batch
 * is either committed, for all to see, or never will be.
 */
public final class PgBatchWriter implements BatchWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PgBatchWriter.class);

  /** Longer than it takes to end a lost session, which comes first. */
  private static final long CONNECT_MS = 4_000;

  /** Time, in milliseconds, that an answer may take beyond the server's limit for a statement. */
  private static final long ANSWER_MS = 1_000;

  /** Refuses, by a trigger, a member's row that was decided from a state which is not there. */
  private static final String BEGINS_LATER = "refuse_beginning_later()";

  private static final String WHO_AM_I =
      """
      SELECT pid, backend_start, current_setting('transaction_read_only')::bool AS read_only,
             CASE WHEN pg_is_in_recovery() THEN ''
                  ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS timeline
        FROM pg_stat_activity WHERE pid = pg_backend_pid()
      """;

  private static final String END_SESSION =
      """
      SELECT pg_terminate_backend(pid, 2000) AS ended FROM pg_stat_activity
       WHERE pid = $1 AND backend_start = $2
      """;

  private final Vertx vertx;
  private final String node;
  private final Database database;
  private final Duration statementTimeout;
  private final Supplier<Future<Void>> rewound;
  private final Duration silenceMax;
  private @Nullable Session session;
  private @Nullable Session lost;

  /**
   * Makes a writer without a connection.
   *
   * @param node the id of this node, at most 50 characters
   * @param database the database that gets the batches
   * @param statementTimeout the time after which PostgreSQL cancels a batch
   * @param rewound clears this node's memory of members. The writer runs it before its next batch
   *     when PostgreSQL has changed its timeline: a standby was promoted or a backup restored, so
   *     commits that callers know of may be missing
   */
  public PgBatchWriter(
      Vertx vertx,
      String node,
      Database database,
      Duration statementTimeout,
      Supplier<Future<Void>> rewound) {
    this.vertx = vertx;
    this.rewound = rewound;
    this.node = node;
    this.database = database;
    this.statementTimeout = statementTimeout;
    this.silenceMax = statementTimeout.plusMillis(ANSWER_MS);
  }

  private PgConnectOptions options() {
    return database
        .connection()
        .addProperty("application_name", LaneSessions.NAME + node)
        // A node that is lost without a word must not be taken for one that writes for hours.
        .addProperty("tcp_keepalives_idle", "5")
        .addProperty("tcp_keepalives_interval", "2")
        .addProperty("tcp_keepalives_count", "3")
        .addProperty("synchronous_commit", "on")
        .addProperty("statement_timeout", Long.toString(statementTimeout.toMillis()))
        // The plan of the batch statement is made once and kept while the tables grow from
        // nothing to millions of rows. It must go by the indexes from the start.
        .addProperty("plan_cache_mode", "force_generic_plan")
        .addProperty("enable_seqscan", "off")
        .addProperty("jit", "off");
  }

  @Override
  public boolean isConnected() {
    return session != null;
  }

  @Override
  public Future<Void> connect() {
    if (session != null) {
      return Future.succeededFuture();
    }
    PgConnectOptions to = options();
    Future<PgConnection> connecting = PgConnection.connect(vertx, to);
    return connecting
        .timeout(CONNECT_MS, TimeUnit.MILLISECONDS)
        .onFailure(cause -> connecting.onSuccess(PgConnection::close))
        .compose(
            connection ->
                prepare(connection)
                    .timeout(CONNECT_MS, TimeUnit.MILLISECONDS)
                    .onFailure(cause -> connection.close()))
        .onFailure(cause -> database.pass(to))
        .onSuccess(this::use)
        .mapEmpty();
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    Session open = session;
    if (open == null) {
      return Future.failedFuture(
          new WriteFailureException(Kind.UNAVAILABLE, new IllegalStateException("not connected")));
    }
    return bind(batch).compose(arguments -> execute(open, arguments));
  }

  private static Future<Tuple> bind(Batch batch) {
    return Future.succeededFuture(batch)
        .map(BatchStatement::bind)
        .recover(cause -> Future.failedFuture(new WriteFailureException(Kind.REJECTED, cause)));
  }

  private Future<BatchResult> execute(Session open, Tuple arguments) {
    return open.statement()
        .query()
        .execute(arguments)
        .timeout(silenceMax.toMillis(), TimeUnit.MILLISECONDS)
        .map(BatchStatement::read)
        .recover(cause -> Future.failedFuture(failure(open, cause)));
  }

  /** Closes the connection. */
  public Future<Void> close() {
    return session == null
        ? Future.succeededFuture()
        : session.connection().close().timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
  }

  private WriteFailureException failure(Session open, Throwable cause) {
    if (cause instanceof PgException error && !endsSession(error)) {
      if (isReadOnly(error)) {
        // It may stay so for this session alone, or the database that writes is elsewhere by now.
        session = null;
        open.connection().close();
      }
      return isOtherBudget(error)
          ? WriteFailureException.otherBudget(error, BudgetCharges.state(error))
          : new WriteFailureException(kind(error), cause);
    }
    session = null;
    lost = open;
    open.connection().close(); // and no wait for it: a server that hangs never closes its side
    return new WriteFailureException(Kind.UNKNOWN, cause);
  }

  private static boolean endsSession(PgException error) {
    String state = String.valueOf(error.getSqlState());
    return state.startsWith("57P") || state.startsWith("08") || state.startsWith("XX");
  }

  /** A standby, or a database that is made read-only while it is looked after. */
  private static boolean isReadOnly(PgException error) {
    return "25006".equals(error.getSqlState());
  }

  /** PostgreSQL uses the same state for other faults, but in no other function of the schema. */
  private static boolean isRewound(PgException error) {
    return String.valueOf(error.getWhere()).contains(BEGINS_LATER);
  }

  /** The state that a trigger and a function of the schema raise, and nothing else. */
  private static boolean isOtherBudget(PgException error) {
    return "BU001".equals(error.getSqlState());
  }

  private static Kind kind(PgException error) {
    String state = String.valueOf(error.getSqlState());
    return switch (state) {
      // Unique key just taken, serialization failure, deadlock, statement timeout, lock timeout.
      case "23505", "40001", "40P01", "57014", "55P03" -> Kind.CONFLICT;
      case "55000" -> isRewound(error) ? Kind.REWOUND : Kind.REJECTED;
      // Read-only, out of disk, memory or connections, a failure of input or output: no batch
      // would fare better.
      default ->
          isReadOnly(error) || state.startsWith("53") || state.startsWith("58")
              ? Kind.UNAVAILABLE
              : Kind.REJECTED;
    };
  }

  private void use(Session open) {
    session = open;
    lost = null;
    open.connection().closeHandler(closed -> forget(open));
  }

  @SuppressWarnings("ReferenceEquality") // the very same connection
  private void forget(Session closed) {
    if (session == closed) {
      session = null;
    }
  }

  private Future<Session> prepare(PgConnection connection) {
    connection.exceptionHandler(
        fault -> LOG.info("lane's connection to PostgreSQL failed: {}", fault.toString()));
    return endLost(connection)
        .compose(ended -> connection.query(WHO_AM_I).execute())
        .map(rows -> rows.iterator().next())
        .compose(
            me ->
                me.getBoolean("read_only")
                    ? Future.failedFuture("the database is read-only")
                    : knowHistory(me.getString("timeline")).map(me))
        .compose(
            me ->
                connection
                    .prepare(BatchStatement.SQL)
                    .map(
                        statement ->
                            new Session(
                                connection,
                                statement,
                                me.getInteger("pid"),
                                me.getOffsetDateTime("backend_start"))));
  }

  private Future<Void> knowHistory(String timeline) {
    if (!database.isOtherHistory(timeline)) {
      return Future.succeededFuture();
    }
    LOG.warn(
        "PostgreSQL is on timeline {} now: it failed over or was restored. The node forgets all"
            + " members that it remembered; check whether the books agree, see \"PostgreSQL fails"
            + " over\" in the runbook",
        timeline);
    return rewound.get().onSuccess(forgotten -> database.acceptHistory(timeline));
  }

  private Future<Void> endLost(PgConnection connection) {
    Session before = lost;
    if (before == null) {
      return Future.succeededFuture();
    }
    return connection
        .preparedQuery(END_SESSION)
        .execute(Tuple.of(before.pid(), before.startedAt()))
        .compose(
            rows ->
                rows.size() == 0 || rows.iterator().next().getBoolean("ended")
                    ? Future.succeededFuture()
                    : Future.failedFuture("the session that was lost does not end"));
  }

  /**
   * A connection, with the facts that distinguish its server process from a later one of the same
   * number.
   */
  private record Session(
      PgConnection connection, PreparedStatement statement, int pid, OffsetDateTime startedAt) {}
}
