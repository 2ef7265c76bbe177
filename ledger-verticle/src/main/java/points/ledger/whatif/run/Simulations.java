package points.ledger.whatif.run;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;

/** The table of simulations, as callers see it. */
public final class Simulations {

  /** Greatest number of a program's simulations that wait or run. */
  public static final int OPEN_MAX = 5;

  /** Greatest number of a program's simulations that are kept; the oldest go first. */
  public static final int KEPT_MAX = 100;

  /** Longest period. */
  public static final Duration PERIOD_MAX = Duration.ofDays(366);

  /** Age of what is looked at, so that all of it has its place in the feed. */
  public static final Duration AGE_MIN = Duration.ofMinutes(1);

  private static final String COLUMNS =
      """
      simulation_id, rule_book_id, book_hash, from_at, to_at, redemption, state, done, total, failure,
      hash, requested_by, requested_at, started_at, ended_at
      """;

  /** Callers that ask take turns by the program's row, so none of them counts too few. */
  private static final String TAKE_TURN =
      "SELECT FROM program WHERE program_id = $1 FOR NO KEY UPDATE";

  private static final String OPEN =
      """
      SELECT count(*) AS open FROM simulation
       WHERE program_id = $1 AND state IN ('queued', 'running')
      """;

  private static final String FORGET =
      """
      DELETE FROM simulation s
       WHERE s.program_id = $1 AND s.state NOT IN ('queued', 'running')
         AND s.simulation_id IN (
           SELECT o.simulation_id FROM simulation o WHERE o.program_id = $1
            ORDER BY o.requested_at DESC, o.simulation_id DESC OFFSET $2)
      """;

  private static final String INSERT =
      """
      INSERT INTO simulation (program_id, simulation_id, rule_book_id, document, book_hash, time_zone,
                              from_at, to_at, redemption, requested_by, requested_at)
      SELECT b.program_id, $3, b.rule_book_id, b.document, b.hash, p.time_zone, $4, $5, $6, $7, $8
        FROM rule_book b JOIN program p ON p.program_id = b.program_id
       WHERE b.program_id = $1 AND b.rule_book_id = $2
      RETURNING %s, result
      """
          .formatted(COLUMNS);

  private static final String FIND =
      """
      SELECT %s, result FROM simulation
       WHERE program_id = $1 AND rule_book_id = $2 AND simulation_id = $3
      """
          .formatted(COLUMNS);

  private static final String PAGE =
      """
      SELECT %s, NULL::json AS result FROM simulation
       WHERE program_id = $1 AND rule_book_id = $2
         AND ($3 = '' OR (requested_at, simulation_id) < (
           SELECT a.requested_at, a.simulation_id FROM simulation a
            WHERE a.program_id = $1 AND a.simulation_id = $3))
       ORDER BY requested_at DESC, simulation_id DESC LIMIT $4
      """
          .formatted(COLUMNS);

  /** One that waits ends at once; one that runs ends when its node sees it. */
  private static final String CANCEL =
      """
      UPDATE simulation
         SET cancelling = true,
             state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
             ended_at = CASE state WHEN 'queued' THEN $4::timestamptz END
       WHERE program_id = $1 AND rule_book_id = $2 AND simulation_id = $3
         AND state IN ('queued', 'running')
      RETURNING %s, result
      """
          .formatted(COLUMNS);

  private final PgClient connections;

  public Simulations(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * A simulation that a caller asks for.
   *
   * @param redemption low, likely and high, in per cent
   * @param author the caller; null when nobody is known
   */
  public record Wanted(
      String programId,
      String ruleBookId,
      String simulationId,
      Instant from,
      Instant to,
      List<Integer> redemption,
      @Nullable String author,
      Instant now) {}

  /** Keeps a simulation to be carried out, in the caller's transaction. */
  public Future<SimulationChange> create(SqlClient transaction, Wanted wanted) {
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(Tuple.of(wanted.programId()))
        .compose(turn -> transaction.preparedQuery(OPEN).execute(Tuple.of(wanted.programId())))
        .compose(
            open ->
                open.iterator().next().getLong("open") >= OPEN_MAX
                    ? Future.succeededFuture(new SimulationChange.TooMany())
                    : insert(transaction, wanted));
  }

  private static Future<SimulationChange> insert(SqlClient transaction, Wanted wanted) {
    Tuple columns =
        Tuple.of(
                wanted.programId(),
                wanted.ruleBookId(),
                wanted.simulationId(),
                PgTimestamps.toSql(wanted.from()),
                PgTimestamps.toSql(wanted.to()))
            .addArrayOfInteger(wanted.redemption().toArray(Integer[]::new))
            .addString(wanted.author())
            .addOffsetDateTime(PgTimestamps.toSql(wanted.now()));
    return transaction
        .preparedQuery(FORGET)
        .execute(Tuple.of(wanted.programId(), KEPT_MAX - 1))
        .compose(forgotten -> transaction.preparedQuery(INSERT).execute(columns))
        .map(
            rows ->
                first(rows)
                    .<SimulationChange>map(SimulationChange.Done::new)
                    .orElseGet(SimulationChange.Missing::new));
  }

  /** Cancels a simulation, in the caller's transaction. */
  public Future<SimulationChange> cancel(
      SqlClient transaction,
      String programId,
      String ruleBookId,
      String simulationId,
      Instant now) {
    Tuple key = Tuple.of(programId, ruleBookId, simulationId);
    return transaction
        .preparedQuery(CANCEL)
        .execute(Tuple.of(programId, ruleBookId, simulationId, PgTimestamps.toSql(now)))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture(new SimulationChange.Done(first(rows).orElseThrow()))
                    : transaction.preparedQuery(FIND).execute(key).map(Simulations::ended));
  }

  private static SimulationChange ended(RowSet<Row> rows) {
    return first(rows)
        .<SimulationChange>map(
            it ->
                it.state() == Simulation.State.CANCELLED
                    ? new SimulationChange.Unchanged(it)
                    : new SimulationChange.Ended(it))
        .orElseGet(SimulationChange.Missing::new);
  }

  /** Returns a simulation of a book, with its result. */
  public Future<Optional<Simulation>> find(
      String programId, String ruleBookId, String simulationId) {
    return connections
        .read(FIND, Tuple.of(programId, ruleBookId, simulationId))
        .map(Simulations::first);
  }

  /** Returns simulations of a book, the newest first, after one of them; without their results. */
  public Future<List<Simulation>> page(
      String programId, String ruleBookId, String after, int limit) {
    return connections
        .read(PAGE, Tuple.of(programId, ruleBookId, after, limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Simulation::of).toList());
  }

  private static Optional<Simulation> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(Simulation.of(rows.iterator().next()));
  }
}
