package points.ledger.figure;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.feed.FeedConsumer;
import points.ledger.figure.FigureQuery.By;
import points.ledger.figure.FigureQuery.Group;

/** Keeps the figures of all programs up to date, and reads them. */
public final class Figures {

  private static final String NAME = "figures";

  private static final String ADD = "SELECT add_figures($1, $2)";

  /** In braces: the parts in which the sums by hour, by day and of all differ. */
  private static final String SUMS =
      """
      SELECT {group},
             coalesce(sum(orders), 0)::bigint AS orders, coalesce(sum(turnover), 0) AS turnover,
             coalesce(sum(refunds), 0)::bigint AS refunds, coalesce(sum(refunded), 0) AS refunded,
             coalesce(sum(points_earned), 0) AS points_earned,
             coalesce(sum(points_spent), 0) AS points_spent,
             coalesce(sum(points_expired), 0) AS points_expired,
             coalesce(sum(points_given_back), 0) AS points_given_back,
             coalesce(sum(points_taken_back), 0) AS points_taken_back,
             coalesce(sum(stored_value_in), 0) AS stored_value_in,
             coalesce(sum(stored_value_out), 0) AS stored_value_out,
             coalesce(sum(new_members), 0)::bigint AS new_members,
             coalesce(sum({ratings}), 0)::bigint AS ratings, coalesce(sum({stars}), 0)::bigint AS stars
        FROM {table}
      """;

  private static final String OF_DAYS =
      """
       WHERE program_id = $1 AND business_day BETWEEN $2 AND $3
         AND ($4::text[] IS NULL OR store_id = ANY ($4))
      """;

  /** Ratings have no channel, terminal or cashier, and belong to a day rather than to an hour. */
  private static final String WITH_RATINGS =
      """
      (SELECT program_id, business_day, store_id, orders, turnover, refunds, refunded, points_earned,
              points_spent, points_expired, points_given_back, points_taken_back, stored_value_in,
              stored_value_out, new_members, 0 AS ratings, 0 AS stars
         FROM figure_store_day
        UNION ALL
       SELECT program_id, business_day, store_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ratings, stars
         FROM rating_day) d
      """;

  /**
   * Reads the time of the oldest batch that the consumer has not taken.
   *
   * <p>A batch is committed after it is written, so all that was committed before that time is in
   * the figures. Of batches that have places the first ones are looked at: no transaction stays
   * open while so many others are given theirs.
   */
  private static final String PLACE =
      """
      SELECT least((SELECT min(b.recorded_at)
                      FROM (SELECT batch_id, program_id FROM feed f
                             WHERE f.position > c.last_position ORDER BY f.position LIMIT 5000) f
                     CROSS JOIN LATERAL (
                       SELECT recorded_at FROM feed_batch b
                        WHERE b.batch_id = f.batch_id AND b.program_id = f.program_id LIMIT 1) b),
                   (SELECT min(queued_at) FROM feed_unnumbered),
                   now()) AS as_of,
             coalesce((SELECT begun_at FROM rebuild_of_figures),
                      CASE WHEN c.last_position < c.made_again_to THEN c.made_again_since END)
               AS rebuilding_since
        FROM feed_consumer c WHERE c.name = 'figures'
      """;

  /** The place is read in the statement of the sums: what is not in them is later than it says. */
  private static final String OUTSTANDING =
      "WITH place AS ("
          + PLACE
          + """
          )
          SELECT p.*, o.*
            FROM place p LEFT JOIN (
              SELECT account,
                     coalesce(sum(points) FILTER (WHERE place = 'AVAILABLE' AND expires_at > $2), 0)
                       AS available,
                     coalesce(sum(points) FILTER (WHERE place = 'HELD' AND expires_at > $2), 0) AS held,
                     coalesce(sum(points) FILTER (WHERE place = 'PENDING' AND expires_at > $2), 0) AS pending,
                     coalesce(sum(points) FILTER (WHERE place = 'DEBT'), 0) AS debt
                FROM figure_outstanding WHERE program_id = $1
               GROUP BY account) o ON true
           ORDER BY o.account
          """;

  /**
   * Reads members served. In all stores a member counts once a day; in some of them once a day and
   * store.
   */
  private static final String SERVED =
      """
      SELECT CASE $5 WHEN 'STORE' THEN store_id WHEN 'DAY' THEN business_day::text END AS key,
             sum(members_served)::bigint AS members
        FROM figure_day
       WHERE program_id = $1 AND business_day BETWEEN $2 AND $3
         AND CASE WHEN $4::text[] IS NOT NULL THEN store_id = ANY ($4)
                  WHEN $5 = 'STORE' THEN store_id <> '' ELSE store_id = '' END
       GROUP BY 1
      """;

  private static final String SERVED_IN_ALL =
      """
      SELECT coalesce(sum(members_served), 0)::bigint AS members
        FROM figure_day
       WHERE program_id = $1 AND business_day BETWEEN $2 AND $3
         AND CASE WHEN $4::text[] IS NOT NULL THEN store_id = ANY ($4) ELSE store_id = '' END
      """;

  /**
   * Reads the sums of all groups as the first row, and a page of the groups after it. One
   * statement, so all of it is of one moment.
   */
  private static final String REPORT =
      """
      WITH place AS MATERIALIZED ({place}),
           served AS MATERIALIZED ({served}),
           all_served AS MATERIALIZED ({servedInAll}),
           groups AS MATERIALIZED ({groups} GROUP BY 1, 2, 3),
           page AS MATERIALIZED (
             SELECT * FROM groups
              WHERE $6::text IS NULL
                 OR (coalesce(hour, 'epoch'), coalesce(of_store, ''), key) > ($8::timestamptz, $7, $6)
              ORDER BY hour, of_store, key LIMIT $9),
           total AS MATERIALIZED ({total})
      SELECT 0 AS part, t.*, a.members, p.* FROM total t CROSS JOIN all_served a CROSS JOIN place p
       UNION ALL
      SELECT 1, g.*, coalesce(s.members, 0), p.*
        FROM page g LEFT JOIN served s ON s.key = g.key CROSS JOIN place p
       ORDER BY part, hour, of_store, key
      """;

  /** Stores and days have the ratings, so their sums are those of all. */
  private static final String TOTAL_OF_GROUPS = sums(group("''"), "groups", true);

  private static final String TOTAL = sums(group("''"), WITH_RATINGS, true) + OF_DAYS;

  private static final String HOUR = "'' AS key, NULL::text AS of_store, hour_start AS hour";

  private static final String TERMINAL =
      "terminal_id AS key, store_id AS of_store, NULL::timestamptz AS hour";

  private static final Map<By, String> READ =
      Map.of(
          By.STORE, rated(group("store_id")),
          By.DAY, rated(group("business_day::text")),
          By.CHANNEL, plain(group("channel"), "figure_store_day"),
          By.HOUR, plain(HOUR, "figure_hour"),
          By.TERMINAL, plain(TERMINAL, "figure_hour"),
          By.CASHIER, plain(group("cashier_id"), "figure_hour"));

  private final PgClient connections;
  private final FeedConsumer consumer;

  private Figures(Vertx vertx, Pool reading, Pool feed) {
    this.connections = new PgClient(reading);
    this.consumer = new FeedConsumer(vertx, feed, NAME, Figures::add);
  }

  /** Starts to keep the figures up to date. */
  public static Figures start(Vertx vertx, Pool reading, Pool feed, MeterRegistry meters) {
    var figures = new Figures(vertx, reading, feed);
    figures.consumer.start(meters);
    return figures;
  }

  /** Completes when nothing is under way any more. */
  public Future<Void> stop() {
    return consumer.stop();
  }

  private static Future<Void> add(SqlClient transaction, long after, long upTo) {
    return transaction.preparedQuery(ADD).execute(Tuple.of(after, upTo)).mapEmpty();
  }

  /** Reads a page of figures, and the sums of all pages. */
  public Future<FigureReport> read(FigureQuery query) {
    return connections
        .read(Objects.requireNonNull(READ.get(query.by())), arguments(query))
        .map(
            rows -> {
              var figures = new ArrayList<Figure>();
              rows.forEach(row -> figures.add(Figure.of(row)));
              FigurePlace place = FigurePlace.of(rows.iterator().next());
              return new FigureReport(place, figures.get(0), figures.subList(1, figures.size()));
            });
  }

  /** Returns how far the figures are. */
  public Future<FigurePlace> place() {
    return connections
        .read(PLACE, Tuple.tuple())
        .map(rows -> FigurePlace.of(rows.iterator().next()));
  }

  /** Returns what a program owes its members at an instant, by what the figures have. */
  public Future<Outstanding> outstanding(String programId, Instant at) {
    return connections
        .read(OUTSTANDING, Tuple.of(programId, PgTimestamps.toSql(at)))
        .map(
            rows -> {
              var accounts = new ArrayList<Liability>();
              rows.forEach(
                  row -> {
                    if (row.getString("account") != null) {
                      accounts.add(Liability.of(row));
                    }
                  });
              return new Outstanding(FigurePlace.of(rows.iterator().next()), at, accounts);
            });
  }

  private static String group(String key) {
    return key + " AS key, NULL::text AS of_store, NULL::timestamptz AS hour";
  }

  private static String rated(String group) {
    return report(sums(group, WITH_RATINGS, true) + OF_DAYS, TOTAL_OF_GROUPS);
  }

  private static String plain(String group, String table) {
    return report(sums(group, table, false) + OF_DAYS, TOTAL);
  }

  private static String report(String groups, String total) {
    return REPORT
        .replace("{place}", PLACE)
        .replace("{served}", SERVED)
        .replace("{servedInAll}", SERVED_IN_ALL)
        .replace("{groups}", groups)
        .replace("{total}", total);
  }

  private static String sums(String group, String table, boolean rated) {
    return SUMS.replace("{group}", group)
        .replace("{ratings}", rated ? "ratings" : "0")
        .replace("{stars}", rated ? "stars" : "0")
        .replace("{table}", table);
  }

  private static Tuple arguments(FigureQuery query) {
    String @Nullable [] stores =
        query.stores() == null ? null : query.stores().toArray(String[]::new);
    Group after = query.after();
    Instant hour = after == null || after.hour() == null ? Instant.EPOCH : after.hour();
    return Tuple.of(query.programId(), query.from(), query.to())
        .addArrayOfString(stores)
        .addString(query.by().name())
        .addString(after == null ? null : after.key())
        .addString(after == null || after.storeId() == null ? "" : after.storeId())
        .addOffsetDateTime(PgTimestamps.toSql(hour))
        .addInteger(query.groupsMax());
  }
}
