package points.ledger.rulebook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.BudgetForecast;
import points.ledger.database.PgClient;

/** The history of budgets, which the figures keep by hour. */
public final class BudgetHistory {

  /** Days of which the share of redeemed points is taken. */
  public static final int SHARE_DAYS = 365;

  private static final String PARTS =
      """
      SELECT business_day, CASE WHEN $5 THEN hour_start END AS hour, sum(issued)::bigint AS issued,
             sum(reversed)::bigint AS reversed, sum(lapsed)::bigint AS lapsed
        FROM figure_budget_hour
       WHERE program_id = $1 AND budget_id = $2 AND business_day BETWEEN $3 AND $4
       GROUP BY 1, 2 ORDER BY 1, 2
      """;

  /** Points that came back late count as issued: they stay so. */
  private static final String SUMS =
      """
      SELECT coalesce(sum(issued - reversed) FILTER (WHERE business_day < $3), 0)::bigint AS before,
             coalesce(sum(issued - reversed) FILTER (WHERE business_day >= $4 AND business_day < $5), 0)::bigint
               AS lately,
             min(business_day) AS first_day,
             (SELECT coalesce(sum(points_spent - points_given_back), 0) FROM figure_store_day
               WHERE program_id = $1 AND business_day BETWEEN $6 AND $5)::bigint AS spent,
             (SELECT coalesce(sum(points_earned - points_taken_back), 0) FROM figure_store_day
               WHERE program_id = $1 AND business_day BETWEEN $6 AND $5)::bigint AS earned
        FROM figure_budget_hour WHERE program_id = $1 AND budget_id = $2
      """;

  /**
   * The points of a day, or of an hour.
   *
   * @param hour when it began; null of a day
   */
  public record Part(
      LocalDate day, @Nullable Instant hour, long issued, long reversed, long lapsed) {}

  /**
   * Sums beside the parts.
   *
   * @param before points that counted against the limit before the first day asked for
   * @param lately those of the last whole days
   * @param firstDay on which something was issued; null when there is none
   * @param spent points of the whole program that members spent in the last year
   * @param earned those that they earned
   */
  public record Sums(
      long before, long lately, @Nullable LocalDate firstDay, long spent, long earned) {}

  private final PgClient connections;

  public BudgetHistory(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Returns the days, or the hours, in which something was issued or came back. */
  public Future<List<Part>> parts(
      String programId, String budgetId, LocalDate from, LocalDate to, boolean byHour) {
    return connections
        .read(PARTS, Tuple.of(programId, budgetId, from, to, byHour))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(BudgetHistory::part).toList());
  }

  private static Part part(Row row) {
    OffsetDateTime hour = row.getOffsetDateTime("hour");
    return new Part(
        row.getLocalDate("business_day"),
        hour == null ? null : hour.toInstant(),
        row.getLong("issued"),
        row.getLong("reversed"),
        row.getLong("lapsed"));
  }

  /** Returns the sums around some days. */
  public Future<Sums> sums(String programId, String budgetId, LocalDate from, LocalDate today) {
    Tuple arguments =
        Tuple.of(
            programId,
            budgetId,
            from,
            today.minusDays(BudgetForecast.DAYS_MAX),
            today,
            today.minusDays(SHARE_DAYS));
    return connections
        .read(SUMS, arguments)
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Sums(
                    row.getLong("before"),
                    row.getLong("lately"),
                    row.getLocalDate("first_day"),
                    row.getLong("spent"),
                    row.getLong("earned")));
  }
}
