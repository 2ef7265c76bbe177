package points.ledger.proof;

/**
 * The rules that hold in the database. Each is a query whose rows break it: first the thing that a
 * row is about, then the expected value and the one found.
 */
enum AuditCheck implements Check {
  SEQUENCES(
      "entries are numbered from 1 without gaps, up to their member's sequence",
      """
      SELECT program_id, member_id, e.entries, e.first, e.last, m.sequence AS of_member
        FROM member m
        FULL JOIN (SELECT program_id, member_id, count(*) AS entries, min(sequence) AS first,
                          max(sequence) AS last
                     FROM entry GROUP BY program_id, member_id) e USING (program_id, member_id)
       WHERE m.sequence IS DISTINCT FROM coalesce(e.entries, 0)
          OR m.sequence IS DISTINCT FROM coalesce(e.last, 0)
          OR coalesce(e.first, 1) <> 1
      """),
  LOTS(
      "movements add up to what members have, by account, place, reserve and lot",
      AuditCheck.MOVEMENTS_AND_LODGED
          + """
          SELECT program_id, member_id, account, place, reserve, expires_at,
                 m.points AS of_entries, l.points AS of_member
            FROM (SELECT program_id, member_id, account, place, reserve, expires_at,
                         sum(points) AS points
                    FROM movement GROUP BY 1, 2, 3, 4, 5, 6) m
            FULL JOIN (SELECT program_id, member_id, account, place, reserve, expires_at,
                              sum(points) AS points, min(points) AS least
                         FROM lodged GROUP BY 1, 2, 3, 4, 5, 6) l
                 USING (program_id, member_id, account, place, reserve, expires_at)
           WHERE coalesce(m.points, 0) <> coalesce(l.points, 0) OR l.least <= 0
          """),
  SUMS(
      "columns of a member add up its lots",
      AuditCheck.MOVEMENTS_AND_LODGED
          + """
          SELECT m.program_id, m.member_id, m.available, m.held, m.pending, m.stored_value,
                 l.available AS lots_available, l.held AS lots_held, l.pending AS lots_pending,
                 l.stored_value AS lots_stored_value
            FROM member m LEFT JOIN (
              SELECT program_id, member_id,
                     sum(points) FILTER (WHERE account = 'points' AND place = 'AVAILABLE') AS available,
                     sum(points) FILTER (WHERE account = 'points' AND place = 'HELD') AS held,
                     sum(points) FILTER (WHERE account = 'points' AND place = 'PENDING') AS pending,
                     sum(points) FILTER (WHERE account = 'storedValue' AND place = 'AVAILABLE')
                       AS stored_value
                FROM lodged GROUP BY 1, 2) l USING (program_id, member_id)
           WHERE m.available <> coalesce(l.available, 0) OR m.held <> coalesce(l.held, 0)
              OR m.pending <> coalesce(l.pending, 0) OR m.stored_value <> coalesce(l.stored_value, 0)
          """),
  POINTS(
      "points of an entry are what its movements are worth",
      """
      SELECT e.program_id, e.member_id, e.sequence, e.kind, e.points, a.points + b.points AS worth
        FROM entry e
       CROSS JOIN LATERAL (SELECT coalesce(sum(p), 0) AS points FROM unnest(e.lot_points) p) a
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(CASE m ->> 1 WHEN 'DEBT' THEN -1 ELSE 1 END * (m ->> 4)::bigint), 0)
                  AS points
           FROM json_array_elements(e.extra -> 'movements') m WHERE m ->> 0 = 'points') b
       WHERE e.points <> a.points + b.points
      """),
  BALANCES(
      "the balance of an entry is the running sum of what is available",
      """
      SELECT program_id, member_id, sequence, kind, balance, due
        FROM (SELECT e.program_id, e.member_id, e.sequence, e.kind, e.balance,
                     sum(a.points) OVER (PARTITION BY e.program_id, e.member_id ORDER BY e.sequence)
                       AS due
                FROM entry e CROSS JOIN LATERAL (
                  SELECT coalesce(sum(p), 0) AS points FROM unnest(e.lot_points) p) a) e
       WHERE balance <> due
      """),
  OTHER_BALANCES(
      "the balances of other accounts are running sums, too",
      AuditCheck.MOVEMENTS_AND_LODGED
          + """
          , running AS (
            SELECT program_id, member_id, account, sequence,
                   sum(coalesce(sum(points) FILTER (WHERE place = 'AVAILABLE'), 0))
                     OVER (PARTITION BY program_id, member_id, account ORDER BY sequence) AS due
              FROM movement WHERE account <> 'points'
             GROUP BY program_id, member_id, account, sequence
          ), stated AS (
            SELECT e.program_id, e.member_id, e.sequence, b.key AS account, b.value::bigint AS balance
              FROM entry e CROSS JOIN json_each_text(e.extra -> 'balances') b
          )
          SELECT program_id, member_id, sequence, account, s.balance, r.due
            FROM running r FULL JOIN stated s USING (program_id, member_id, sequence, account)
           WHERE s.balance IS DISTINCT FROM r.due
          """),
  LIFETIMES(
      "entries add up to what members have earned and spent in their lives",
      """
      WITH life AS (
        SELECT e.program_id, e.member_id,
               CASE WHEN e.kind IN ('ACCRUAL', 'TOP_UP') THEN e.points + paid.points
                    WHEN e.kind = 'CANCELLATION' THEN e.points
                    WHEN e.kind = 'REFUND' THEN -(e.extra #>> '{detail,takenBack,points}')::bigint
                    WHEN e.kind IN ('REVERSAL', 'MERGE_IN', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN') THEN (e.extra #>> '{detail,earned}')::bigint
               END AS earned,
               CASE WHEN e.kind IN ('ACCRUAL', 'TOP_UP') THEN paid.points
                    WHEN e.kind = 'DEDUCTION' THEN -e.points
                    WHEN e.kind = 'CAPTURE' THEN (e.extra #>> '{detail,points}')::bigint
                    WHEN e.kind = 'REFUND' THEN -(e.extra #>> '{detail,givenBack,points}')::bigint
                    WHEN e.kind IN ('REVERSAL', 'MERGE_IN', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN') THEN (e.extra #>> '{detail,spent}')::bigint
               END AS spent
          FROM entry e CROSS JOIN LATERAL (
            SELECT coalesce(-sum(p) FILTER (WHERE p < 0), 0)
                     + coalesce((e.extra #>> '{detail,debt}')::bigint, 0) AS points
              FROM unnest(e.lot_points) p) paid
      )
      SELECT m.program_id, m.member_id, l.earned, m.lifetime_earned, l.spent, m.lifetime_spent
        FROM member m LEFT JOIN (
          SELECT program_id, member_id, sum(earned) AS earned, sum(spent) AS spent
            FROM life GROUP BY 1, 2) l USING (program_id, member_id)
       WHERE m.lifetime_earned <> coalesce(l.earned, 0) OR m.lifetime_spent <> coalesce(l.spent, 0)
      """),
  STATUSES(
      "a member's status is that of the last entry that changed it",
      """
      SELECT m.program_id, m.member_id, m.status, e.kind AS last_change,
             m.extra ->> 'mergedInto' AS merged_into, e.other
        FROM member m LEFT JOIN (
          SELECT DISTINCT ON (program_id, member_id) program_id, member_id, kind,
                 CASE kind WHEN 'MERGE_OUT' THEN extra #>> '{detail,memberId}' END AS other
            FROM entry WHERE kind IN ('FREEZE', 'UNFREEZE', 'CLOSING', 'MERGE_OUT')
           ORDER BY program_id, member_id, sequence DESC) e USING (program_id, member_id)
       WHERE m.status <> CASE e.kind WHEN 'FREEZE' THEN 'FROZEN' WHEN 'CLOSING' THEN 'CLOSED'
                                     WHEN 'MERGE_OUT' THEN 'MERGED' ELSE 'ACTIVE' END
          OR m.extra ->> 'mergedInto' IS DISTINCT FROM e.other
      """),
  REFERENCES(
      "an entry is ended once, and undone once",
      """
      SELECT program_id, reference, undoes, count(*) AS entries
        FROM (SELECT program_id, kind = 'REVERSAL' AS undoes,
                     CASE WHEN refers_to IS NULL THEN part ELSE member_id || '-' || refers_to END
                       AS reference
                FROM entry WHERE refers_to IS NOT NULL OR kind = 'REVERSAL') e
       GROUP BY program_id, reference, undoes HAVING count(*) > 1
      """),
  MERGED(
      "what a member undid of another is of one that was merged into it",
      """
      WITH RECURSIVE undone AS (
        SELECT r.program_id, r.member_id, r.sequence, r.part, e.member_id AS first
          FROM entry r LEFT JOIN entry e
                 ON e.program_id = r.program_id
                AND e.member_id = regexp_replace(r.part, '-[0-9]+$', '')
                AND e.sequence = substring(r.part FROM '-([0-9]+)$')::bigint
         WHERE r.kind = 'REVERSAL' AND r.refers_to IS NULL
      ), heir AS (
        SELECT u.program_id, u.part, m.extra ->> 'mergedInto' AS member_id
          FROM undone u JOIN member m ON m.program_id = u.program_id AND m.member_id = u.first
        UNION
        SELECT i.program_id, i.part, m.extra ->> 'mergedInto'
          FROM heir i JOIN member m USING (program_id, member_id)
      )
      SELECT u.program_id, u.member_id, u.sequence, u.part AS undone
        FROM undone u
       WHERE (program_id, part, member_id) NOT IN (
         SELECT i.program_id, i.part, i.member_id FROM heir i WHERE i.member_id IS NOT NULL)
      """),
  LINES(
      "the lines of an order share what it earned",
      """
      SELECT e.program_id, e.member_id, e.sequence, e.points + paid.points AS earned, l.points AS shared
        FROM entry e
       CROSS JOIN LATERAL (
         SELECT coalesce(-sum(p) FILTER (WHERE p < 0), 0)
                  + coalesce((e.extra #>> '{detail,debt}')::bigint, 0) AS points
           FROM unnest(e.lot_points) p) paid
       CROSS JOIN LATERAL (
         SELECT sum((line ->> 'points')::bigint) AS points FROM json_array_elements(e.lines) line) l
       WHERE e.kind = 'ACCRUAL' AND l.points IS NOT NULL AND l.points <> e.points + paid.points
      """),
  LIMITS(
      "no account has, and nobody owes, more than 10^15",
      AuditCheck.MOVEMENTS_AND_LODGED
          + """
          SELECT program_id, member_id, account, place = 'DEBT' AS owed, sum(points) AS of_member
            FROM lodged GROUP BY 1, 2, 3, 4 HAVING sum(points) > 1000000000000000
          """),
  OUTBOX(
      "what is to be done beyond a member comes from an entry of it",
      """
      SELECT o.program_id, o.member_id, o.sequence
        FROM outbox o LEFT JOIN entry e USING (program_id, member_id, sequence)
       WHERE e.sequence IS NULL
      """),
  TRAIL_CHAIN(
      "the audit trail is numbered without gaps, and each row has the hash of the one before it",
      """
      SELECT program_id, position, position - prior AS step,
             encode(previous_hash, 'hex') AS previous_hash, encode(due, 'hex') AS due,
             hash = audit_hash(r) AS is_as_written
        FROM (SELECT a AS r, a.*, lag(a.position, 1, 0::bigint) OVER chain AS prior,
                     lag(a.hash, 1, ''::bytea) OVER chain AS due
                FROM audit_trail a WINDOW chain AS (PARTITION BY a.program_id ORDER BY a.position)) a
       WHERE position <> prior + 1 OR previous_hash <> due OR hash <> audit_hash(r)
      """),
  TRAIL_END(
      "the audit trail ends where its last change put its end",
      """
      SELECT program_id, h.position, l.position AS last, h.hash = l.hash AS is_same_hash
        FROM audit_head h
        FULL JOIN (SELECT DISTINCT ON (program_id) program_id, position, hash
                     FROM audit_trail ORDER BY program_id, position DESC) l USING (program_id)
       WHERE h.position IS DISTINCT FROM coalesce(l.position, 0)
          OR (l.position IS NOT NULL AND h.hash IS DISTINCT FROM l.hash)
      """),
  TRAIL_ENTRIES(
      "the audit trail shows each entry that is a change by hand, with its author, and no other",
      """
      SELECT program_id, member_id, sequence, e.kind, t.position, e.actor, t.author
        FROM (SELECT * FROM entry
               WHERE kind = ANY ('{ADJUSTMENT,GIFT,FREEZE,UNFREEZE,REVERSAL,MERGE_OUT,CLOSING,MOVE_OUT,TIER_GRANT,TIER_WITHDRAWAL}')
                  OR (kind = 'TRANSFER_OUT' AND store_id IS NULL AND on_behalf_of IS NULL)
                  OR (kind IN ('ACTIVATION', 'CANCELLATION') AND operator IS NOT NULL)) e
        FULL JOIN (SELECT program_id, subject_id AS member_id, sequence, position, at, after,
                          nullif(actor_kind || ':' || actor_id, 'node:') AS author
                     FROM audit_trail WHERE sequence IS NOT NULL) t
             USING (program_id, member_id, sequence)
       WHERE (t.position IS NULL
              AND e.recorded_at >= (SELECT CASE e.kind WHEN 'MOVE_OUT' THEN moves_at ELSE at END
                                      FROM audit_begin)
              AND NOT EXISTS (SELECT FROM audit_pending p
                               WHERE p.program_id = e.program_id AND p.member_id = e.member_id
                                 AND p.sequence = e.sequence))
          OR e.kind IS NULL
          OR (t.position IS NOT NULL
              AND (t.author, t.at, t.after ->> 'reason', t.after ->> 'operator', t.after ->> 'points')
                  IS DISTINCT FROM (e.actor, e.recorded_at, e.reason, e.operator, e.points::text))
      """);

  /** All that entries moved, and all that members' rows have, in the same columns. */
  private static final String MOVEMENTS_AND_LODGED =
      """
      WITH movement AS (
        SELECT e.program_id, e.member_id, e.sequence, 'points' AS account, 'AVAILABLE' AS place,
               0::bigint AS reserve, l.expires_at, l.points
          FROM entry e CROSS JOIN unnest(e.lot_expires_at, e.lot_points) AS l (expires_at, points)
        UNION ALL
        SELECT e.program_id, e.member_id, e.sequence, m ->> 0, m ->> 1, (m ->> 2)::bigint,
               coalesce((m ->> 3)::timestamptz, 'infinity'), (m ->> 4)::bigint
          FROM entry e CROSS JOIN json_array_elements(e.extra -> 'movements') m
      ), lodged AS (
        SELECT m.program_id, m.member_id, 'points' AS account, 'AVAILABLE' AS place,
               0::bigint AS reserve, l.expires_at, l.points
          FROM member m CROSS JOIN unnest(m.lot_expires_at, m.lot_points) AS l (expires_at, points)
        UNION ALL
        SELECT program_id, member_id, 'points', 'DEBT', 0, 'infinity', debt FROM member WHERE debt <> 0
        UNION ALL
        SELECT m.program_id, m.member_id, a.key, 'AVAILABLE', 0,
               coalesce((l ->> 0)::timestamptz, 'infinity'), (l ->> 1)::bigint
          FROM member m CROSS JOIN json_each(m.extra -> 'accounts') a
         CROSS JOIN json_array_elements(a.value -> 'lots') l
        UNION ALL
        SELECT m.program_id, m.member_id, a.key, 'DEBT', 0, 'infinity', (a.value ->> 'debt')::bigint
          FROM member m CROSS JOIN json_each(m.extra -> 'accounts') a
         WHERE (a.value ->> 'debt')::bigint <> 0
        UNION ALL
        SELECT m.program_id, m.member_id, a.key, r ->> 'place', (r ->> 'sequence')::bigint,
               coalesce((l ->> 0)::timestamptz, 'infinity'), (l ->> 1)::bigint
          FROM member m CROSS JOIN json_array_elements(m.extra -> 'reserves') r
         CROSS JOIN json_each(r -> 'lots') a CROSS JOIN json_array_elements(a.value) l
      )
      """;

  private final String what;
  private final String sql;

  AuditCheck(String what, String sql) {
    this.what = what;
    this.sql = sql;
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public String sql() {
    return sql;
  }
}
