package points.ledger.rulebook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.database.PgClient;

/** The table of budgets, which the lanes charge, for those who look at it. */
public final class BudgetRows {

  private static final String CHANGED =
      """
      SELECT program_id, budget_id, scope, issued - reversed AS used, stopped_at, version, changed_at,
             coalesce(issued > 0 AND issued - reversed >= points_max, false) AS used_up
        FROM budget
       WHERE (changed_at, program_id, budget_id, scope) > ($1, $2, $3, $4)
       ORDER BY changed_at, program_id, budget_id, scope LIMIT $5
      """;

  /** A budget of each store has as many rows as stores that drew on it. */
  private static final String SUMS =
      """
      SELECT budget_id AS name, count(*) AS scopes, sum(issued)::bigint AS issued,
             sum(reversed)::bigint AS reversed, sum(lapsed)::bigint AS lapsed,
             max(stopped_at) FILTER (WHERE scope = '') AS stopped_at
        FROM budget WHERE program_id = $1 AND budget_id = ANY ($2) GROUP BY budget_id
      """;

  private static final String BY_STORE =
      """
      SELECT scope AS name, 1::bigint AS scopes, issued, reversed, lapsed, stopped_at
        FROM budget WHERE program_id = $1 AND budget_id = $2 AND scope > $3
       ORDER BY scope LIMIT $4
      """;

  /**
   * The points of a budget so far.
   *
   * @param name the budget's id, or the store's
   * @param scopes the number of stores that drew on it; 1 for a budget that all share
   * @param issued to orders
   * @param reversed came back while the campaign ran, and were there again
   * @param lapsed came back after its end
   * @param stoppedAt the limit at which it stopped for good; 0 while it runs
   */
  public record Drawn(
      String name, long scopes, long issued, long reversed, long lapsed, long stoppedAt) {

    /** A budget on which nothing was drawn. */
    public static Drawn none(String name) {
      return new Drawn(name, 0, 0, 0, 0, 0);
    }

    /** The points that count against the limit. */
    public long used() {
      return issued - reversed;
    }
  }

  /**
   * A state, with its place in the order of changes.
   *
   * @param changedAt when the transaction began that changed it
   * @param usedUp whether nothing is left of the limit that the newest batch knew
   */
  record Changed(BudgetState state, Instant changedAt, boolean usedUp) {}

  private final PgClient connections;

  public BudgetRows(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Returns the states that changed after an instant and a key, at most so many. */
  Future<List<Changed>> changedAfter(Instant instant, BudgetKey key, int limit) {
    Tuple after =
        Tuple.of(
            instant.atOffset(ZoneOffset.UTC), key.programId(), key.budgetId(), key.scope(), limit);
    return connections
        .read(CHANGED, after)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(BudgetRows::changed).toList());
  }

  private static Changed changed(Row row) {
    var key =
        new BudgetKey(
            row.getString("program_id"), row.getString("budget_id"), row.getString("scope"));
    var state =
        new BudgetState(
            key, row.getLong("used"), row.getLong("stopped_at"), row.getLong("version"));
    return new Changed(
        state, row.getOffsetDateTime("changed_at").toInstant(), row.getBoolean("used_up"));
  }

  /** Returns the points of those budgets of a program on which orders drew. */
  public Future<List<Drawn>> of(String programId, List<String> budgetIds) {
    return drawn(SUMS, Tuple.of(programId).addArrayOfString(budgetIds.toArray(String[]::new)));
  }

  /** Returns the points of a budget by store, in the order of their ids, after one. */
  public Future<List<Drawn>> byStore(String programId, String budgetId, String after, int limit) {
    return drawn(BY_STORE, Tuple.of(programId, budgetId, after, limit));
  }

  private Future<List<Drawn>> drawn(String sql, Tuple arguments) {
    return connections
        .read(sql, arguments)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(BudgetRows::drawn).toList());
  }

  private static Drawn drawn(Row row) {
    Long stoppedAt = row.getLong("stopped_at");
    return new Drawn(
        row.getString("name"),
        row.getLong("scopes"),
        row.getLong("issued"),
        row.getLong("reversed"),
        row.getLong("lapsed"),
        stoppedAt == null ? 0 : stoppedAt);
  }
}
