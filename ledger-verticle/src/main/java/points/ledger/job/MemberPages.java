package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;

/** All members of all programs, page by page in the order of the primary key. */
final class MemberPages {

  /**
   * A page.
   *
   * @param wanted those of it that are wanted
   * @param last the last that was looked at; null when there are none after
   */
  record Page(List<MemberKey> wanted, @Nullable MemberKey last) {}

  private static final String ALL =
      """
      SELECT member_id, program_id, true AS wanted FROM member
       WHERE (member_id, program_id) > ($1, $2)
       ORDER BY member_id, program_id LIMIT $3
      """;

  /**
   * Selects among a fixed number of members those with something due. So the statement takes the
   * same time whether few or all of them have something that ends.
   */
  private static final String DUE =
      """
      WITH page AS MATERIALIZED (
        SELECT member_id, program_id, status, lot_expires_at[1] AS first_expiry, extra FROM member
         WHERE (member_id, program_id) > ($1, $2)
         ORDER BY member_id, program_id LIMIT $3
      ), judged AS (
        SELECT member_id, program_id,
               coalesce(first_expiry <= $4, false)
               OR extra IS NOT NULL
                  AND (status NOT IN ('CLOSED', 'MERGED')
                       AND least((extra #>> '{facts,tier,reviewAt}')::timestamptz,
                                 (extra #>> '{facts,tier,floorEndsAt}')::timestamptz) <= $4
                    OR EXISTS (SELECT FROM json_array_elements(extra -> 'reserves') r
                                WHERE (r ->> 'endsAt')::timestamptz <= $4)
                    OR EXISTS (SELECT FROM json_each(extra -> 'accounts') a
                                WHERE (a.value -> 'lots' -> 0 ->> 0)::timestamptz <= $4)) AS wanted,
               row_number() OVER (ORDER BY member_id, program_id) AS number,
               count(*) OVER () AS members
          FROM page)
      SELECT member_id, program_id, wanted FROM judged
       WHERE wanted OR number = members AND members = $3
       ORDER BY number
      """;

  private final PgClient connections;

  MemberPages(Pool pool) {
    this.connections = new PgClient(pool);
  }

  Future<Page> all(@Nullable MemberKey after, int size) {
    return connections
        .read(ALL, start(after).addLong((long) size))
        .map(rows -> page(rows, rows.size() == size));
  }

  /** Of so many members those for whom something that has ended is not written down. */
  Future<Page> due(@Nullable MemberKey after, int size, Instant now) {
    return connections
        .read(
            DUE, start(after).addLong((long) size).addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
        .map(rows -> page(rows, true));
  }

  private static Tuple start(@Nullable MemberKey after) {
    return after == null ? Tuple.of("", "") : Tuple.of(after.memberId(), after.programId());
  }

  private static Page page(RowSet<Row> rows, boolean mayHaveMore) {
    var wanted = new ArrayList<MemberKey>();
    MemberKey last = null;
    for (Row row : rows) {
      last = new MemberKey(row.getString("program_id"), row.getString("member_id"));
      if (row.getBoolean("wanted")) {
        wanted.add(last);
      }
    }
    return new Page(List.copyOf(wanted), mayHaveMore ? last : null);
  }
}
