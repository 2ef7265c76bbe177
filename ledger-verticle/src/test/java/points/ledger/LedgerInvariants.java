package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/**
 * What holds for every member in the database, whatever happened: its entries are numbered from 1
 * without gaps, their balances chain, and entries, lots and balance say the same, lot by lot.
 */
final class LedgerInvariants {

  private static final String BROKEN_MEMBERS =
      """
      SELECT m.program_id, m.member_id, m.sequence, m.available, m.lifetime_earned,
             m.lifetime_spent, m.status, m.held, m.pending, m.debt, e.*
        FROM member m CROSS JOIN LATERAL (
          SELECT count(*) AS entries, coalesce(max(sequence), 0) AS newest,
                 coalesce(sum(points), 0) AS points,
                 coalesce(sum(points) FILTER (WHERE kind = 'ACCRUAL'), 0) AS earned,
                 coalesce(-sum(points) FILTER (WHERE kind = 'DEDUCTION'), 0) AS spent,
                 coalesce(bool_and(kind IN ('ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'EXPIRY', 'FREEZE',
                                            'UNFREEZE') AND extra IS NULL), true) AS simple,
                 coalesce((array_agg(kind ORDER BY sequence DESC)
                           FILTER (WHERE kind IN ('FREEZE', 'UNFREEZE', 'CLOSING', 'MERGE_OUT')))[1],
                          'UNFREEZE') AS status
            FROM entry e
           WHERE e.program_id = m.program_id AND e.member_id = m.member_id) e
       WHERE m.sequence <> e.entries OR m.sequence <> e.newest
          OR m.available + m.held + m.pending - m.debt <> e.points
          OR m.available <> coalesce((SELECT sum(p) FROM unnest(m.lot_points) p), 0)
          OR (e.simple AND (m.lifetime_earned <> e.earned OR m.lifetime_spent <> e.spent))
          OR (m.status = 'FROZEN') <> (e.status = 'FREEZE')
      """;

  private static final String BROKEN_ENTRIES =
      """
      SELECT *
        FROM (SELECT program_id, member_id, sequence, points, balance, lot_points,
                     extra IS NULL AS simple, coalesce(lag(balance) OVER member, 0) AS balance_before,
                     row_number() OVER member AS sequence_due,
                     coalesce((SELECT sum(p) FROM unnest(lot_points) p), 0) AS points_of_lots
                FROM entry WINDOW member AS (PARTITION BY program_id, member_id ORDER BY sequence)) e
       WHERE balance <> balance_before + points_of_lots OR sequence <> sequence_due
          OR (simple AND points <> points_of_lots)
          OR EXISTS (SELECT FROM unnest(lot_points) p
                      WHERE p = 0 OR (simple AND sign(p) <> sign(points)))
      """;

  private static final String BROKEN_LOTS =
      """
      WITH touched AS (
        SELECT e.program_id, e.member_id, l.expires_at, sum(l.points) AS points
          FROM entry e CROSS JOIN unnest(e.lot_expires_at, e.lot_points) AS l (expires_at, points)
         GROUP BY 1, 2, 3
      ), open AS (
        SELECT m.program_id, m.member_id, l.expires_at, l.points
          FROM member m CROSS JOIN unnest(m.lot_expires_at, m.lot_points) AS l (expires_at, points)
      )
      SELECT program_id, member_id, expires_at, t.points AS of_entries, o.points AS of_member
        FROM touched t FULL JOIN open o USING (program_id, member_id, expires_at)
       WHERE coalesce(t.points, 0) <> coalesce(o.points, 0) OR o.points <= 0
      """;

  private static final String ORPHANS =
      """
      SELECT e.program_id, e.member_id
        FROM entry e LEFT JOIN member m USING (program_id, member_id)
       WHERE m.member_id IS NULL
      """;

  private static final String BROKEN_LINES =
      """
      SELECT program_id, member_id, sequence, points, lines
        FROM entry
       WHERE lines IS NOT NULL AND json_array_length(lines) > 0 AND kind = 'ACCRUAL' AND extra IS NULL
         AND points <> (SELECT sum((line ->> 'points')::int8) FROM json_array_elements(lines) line)
      """;

  private LedgerInvariants() {}

  static void hold(Sql sql) throws SQLException {
    assertThat(sql.rows(BROKEN_MEMBERS)).as("members unlike their entries or lots").isEmpty();
    assertThat(sql.rows(BROKEN_ENTRIES)).as("entries that do not chain").isEmpty();
    assertThat(sql.rows(BROKEN_LOTS)).as("lots unlike the entries that made them").isEmpty();
    assertThat(sql.rows(ORPHANS)).as("entries of nobody").isEmpty();
    assertThat(sql.rows(BROKEN_LINES)).as("lines unlike their entry").isEmpty();
  }
}
