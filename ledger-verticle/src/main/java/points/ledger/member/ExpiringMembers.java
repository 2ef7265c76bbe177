package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;

/**
 * The members of a program who are about to lose points, for those who want to warn them. As their
 * rows have it: what a hold gives back that has run out shows once that is written down.
 */
public final class ExpiringMembers {

  /**
   * Greatest number of members looked at for a page, which bounds its time if few have expiring
   * points.
   *
   * <p>A page may be short of items, or have none, and still not be the last.
   */
  static final int SCANNED_MAX = 10_000;

  /**
   * Points of one member.
   *
   * @param expiresAt when the first of them do
   * @param points all of them
   */
  public record Expiring(String memberId, Instant expiresAt, long points) {}

  /**
   * A part of the list.
   *
   * @param next the member after which the next part begins; null when this is the last
   */
  public record Part(List<Expiring> items, @Nullable String next) {}

  /** The first row is what was looked at, the others are members. */
  private static final String EXPIRING =
      """
      WITH scanned AS MATERIALIZED (
        SELECT member_id, lot_expires_at, lot_points FROM member
         WHERE program_id = $1 AND member_id > $2 ORDER BY member_id LIMIT $5
      ), expiring AS (
        SELECT s.member_id, min(l.expires_at) AS expires_at, sum(l.points)::bigint AS points
          FROM scanned s CROSS JOIN unnest(s.lot_expires_at, s.lot_points) AS l (expires_at, points)
         WHERE s.lot_expires_at[1] <= $4 AND l.expires_at > $3 AND l.expires_at <= $4
         GROUP BY s.member_id ORDER BY s.member_id LIMIT $6
      )
      SELECT max(member_id) AS member_id, NULL::timestamptz AS expires_at, count(*) AS points,
             0 AS place
        FROM scanned
      UNION ALL
      SELECT member_id, expires_at, points, 1 FROM expiring
       ORDER BY place, member_id
      """;

  private final PgClient connections;
  private final int scannedMax;

  public ExpiringMembers(Pool pool) {
    this(pool, SCANNED_MAX);
  }

  ExpiringMembers(Pool pool, int scannedMax) {
    this.connections = new PgClient(pool);
    this.scannedMax = scannedMax;
  }

  /**
   * The members after one, in the order of their ids, of whom points expire after {@code now} and
   * not after {@code until}.
   *
   * @param limit at most so many
   */
  public Future<Part> part(String programId, String after, Instant now, Instant until, int limit) {
    Tuple arguments =
        Tuple.of(
            programId,
            after,
            PgTimestamps.toSql(now),
            PgTimestamps.toSql(until),
            (long) scannedMax,
            limit + 1L);
    return connections.read(EXPIRING, arguments).map(rows -> part(rows, limit));
  }

  private Part part(RowSet<Row> rows, int limit) {
    var items = new ArrayList<Expiring>(rows.size());
    String last = null;
    for (Row row : rows) {
      if (row.getInteger("place") == 0) {
        last = row.getLong("points") == scannedMax ? row.getString("member_id") : null;
      } else {
        items.add(
            new Expiring(
                row.getString("member_id"),
                PgTimestamps.fromSql(row.getOffsetDateTime("expires_at")),
                row.getLong("points")));
      }
    }
    if (items.size() > limit) {
      return new Part(List.copyOf(items.subList(0, limit)), items.get(limit - 1).memberId());
    }
    return new Part(List.copyOf(items), last);
  }
}
