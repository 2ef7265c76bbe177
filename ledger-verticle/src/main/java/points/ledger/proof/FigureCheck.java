package points.ledger.proof;

/**
 * The rules that figures keep: each is what the entries make it, by the definitions of the API.
 *
 * <p>Nothing here uses what adds the figures up. Entries that the figures have not taken yet are
 * left out: their place in the feed is read in the same snapshot. Of a program that has changed its
 * time zone since its figures were made, nobody knows which days were counted by which zone: its
 * sums are compared over all days, and its members served are not.
 */
enum FigureCheck implements Check {
  HOURS(
      "figures of each hour, store, channel, terminal and cashier are what the entries make them",
      FigureCheck.TAKEN
          + """
          , own AS (
            -- An entry that is itself the sale or the refund, and one that undoes another.
            SELECT e.*, 1 AS sign, e.kind AS of_kind, e.amount AS of_amount, e.occurred_at AS of_time,
                   e.extra AS of_extra, e.store_id AS of_store, e.order_id AS of_order, e.recorded_at AS of_record,
                   coalesce(e.channel, '') AS by_channel, coalesce(e.terminal_id, '') AS at_terminal,
                   coalesce(e.cashier_id, '') AS by_cashier
              FROM taken e WHERE e.kind <> 'REVERSAL'
            UNION ALL
            SELECT e.*, -1, r.kind, r.amount, r.occurred_at, r.extra, r.store_id, r.order_id, r.recorded_at,
                   coalesce(r.channel, ''), coalesce(r.terminal_id, ''), coalesce(r.cashier_id, '')
              FROM taken e
              JOIN entry r
                ON r.program_id = e.program_id
               AND r.member_id = coalesce(CASE WHEN e.refers_to IS NOT NULL THEN e.member_id END,
                                          regexp_replace(e.part, '-[0-9]+$', ''))
               AND r.sequence = coalesce(e.refers_to, substring(e.part FROM '-([0-9]+)$')::bigint)
             WHERE e.kind = 'REVERSAL'
          ), said AS (
            SELECT e.*, e.extra -> 'detail' AS detail, e.of_extra -> 'detail' AS of_detail,
                   coalesce(CASE e.of_kind WHEN 'REFUND' THEN e.of_extra #>> '{detail,storeId}' END,
                            e.of_store, '') AS in_store,
                   e.of_kind = 'ACCRUAL' AS sells,
                   e.of_kind = 'REFUND' AND e.of_extra #>> '{detail,basis,shareOf}' IS NULL
                     AND coalesce(e.of_extra #>> '{detail,basis,orderPart}', 'GOODS') = 'GOODS'
                     AND EXISTS (SELECT FROM entry s
                                  WHERE s.program_id = e.program_id AND s.store_id = e.of_store
                                    AND s.order_id = e.of_order AND s.kind = 'ACCRUAL'
                                    AND s.recorded_at <= e.of_record) AS gives_back
              FROM own e
          ), weighed AS (
            SELECT s.*,
                   coalesce((SELECT -sum(p) FROM unnest(s.lot_points) p WHERE p < 0), 0)
                     + coalesce((s.detail ->> 'debt')::bigint, 0) AS paid,
                   CASE WHEN s.kind LIKE 'MERGE%' OR s.kind LIKE 'MOVE%' THEN 0 ELSE
                     coalesce((SELECT sum(CASE m ->> 1 WHEN 'DEBT' THEN -1 ELSE 1 END * (m ->> 4)::bigint)
                                 FROM json_array_elements(s.extra -> 'movements') m
                                WHERE m ->> 0 = 'storedValue'), 0) END AS value,
                   coalesce((s.of_detail #>> '{givenBack,points}')::bigint, 0)
                     - coalesce((s.of_detail ->> 'expired')::bigint, 0) AS returned,
                   coalesce((s.detail ->> 'expired')::bigint, 0) AS late,
                   coalesce((s.detail #>> '{lapsed,points}')::bigint, 0) AS lapsed
              FROM said s
          ), given AS (
            SELECT w.*,
                   CASE WHEN kind = 'REFUND' THEN returned
                        WHEN kind <> 'REVERSAL' THEN 0
                        WHEN of_kind IN ('ACCRUAL', 'TOP_UP') THEN -(detail ->> 'spent')::bigint - late
                        WHEN of_kind IN ('DEDUCTION', 'CAPTURE')
                          THEN CASE WHEN (detail ->> 'spent')::bigint = 0 THEN 0 ELSE points END
                        WHEN of_kind = 'REFUND' THEN lapsed - returned
                        ELSE 0 END AS back,
                   kind = 'REFUND'
                     OR (kind = 'REVERSAL' AND of_kind IN ('ACCRUAL', 'TOP_UP', 'REFUND')
                         AND ((detail ->> 'earned')::bigint <> 0 OR (detail ->> 'spent')::bigint <> 0))
                     AS takes
              FROM weighed w
          ), counted AS (
            SELECT g.program_id, g.time_zone, c.at, in_store, by_channel, at_terminal, by_cashier,
                   c.orders, c.turnover, c.refunds, c.refunded, c.earned, c.spent, c.expired,
                   c.given_back, c.taken_back, c.value_in, c.value_out, 0 AS new_members
              FROM given g CROSS JOIN LATERAL (
                SELECT of_time AS at,
                       CASE WHEN sells THEN sign ELSE 0 END AS orders,
                       CASE WHEN sells THEN sign * coalesce(of_amount, 0) ELSE 0 END AS turnover,
                       CASE WHEN gives_back THEN sign ELSE 0 END AS refunds,
                       CASE WHEN gives_back THEN sign * coalesce(of_amount, 0) ELSE 0 END AS refunded,
                       0 AS earned, 0 AS spent, 0 AS expired, 0 AS given_back, 0 AS taken_back,
                       0 AS value_in, 0 AS value_out
                 WHERE sells OR gives_back
                UNION ALL
                SELECT recorded_at, 0, 0, 0, 0,
                       CASE WHEN kind IN ('ACCRUAL', 'TOP_UP') THEN points + paid ELSE 0 END,
                       CASE kind WHEN 'ACCRUAL' THEN paid WHEN 'TOP_UP' THEN paid
                                 WHEN 'DEDUCTION' THEN -points
                                 WHEN 'CAPTURE' THEN (detail ->> 'points')::bigint ELSE 0 END,
                       CASE kind WHEN 'EXPIRY' THEN -points WHEN 'RELEASE' THEN -points
                                 WHEN 'CAPTURE' THEN late ELSE 0 END,
                       back,
                       CASE WHEN kind = 'CANCELLATION' THEN -points WHEN takes THEN back - points
                            ELSE 0 END,
                       greatest(value, 0), greatest(-value, 0)) c
            UNION ALL
            SELECT n.program_id, p.time_zone, n.recorded_at, coalesce(e.store_id, ''),
                   coalesce(e.channel, ''), coalesce(e.terminal_id, ''), coalesce(e.cashier_id, ''),
                   0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
              FROM newcomer n
              JOIN program p ON p.program_id = n.program_id
              LEFT JOIN entry e ON e.program_id = n.program_id AND e.member_id = n.member_id
                               AND e.sequence = 1 AND n.sequence = 1
          ), due AS (
            SELECT program_id,
                   CASE WHEN z.changed_at IS NULL THEN (at AT TIME ZONE time_zone)::date ELSE '-infinity' END
                     AS business_day,
                   CASE WHEN z.changed_at IS NULL THEN date_trunc('hour', at, time_zone) ELSE '-infinity' END
                     AS hour_start, in_store AS store_id,
                   by_channel AS channel, at_terminal AS terminal_id, by_cashier AS cashier_id,
                   ARRAY[sum(orders), sum(turnover), sum(refunds), sum(refunded), sum(earned), sum(spent),
                         sum(expired), sum(given_back), sum(taken_back), sum(value_in), sum(value_out),
                         sum(new_members)]::numeric[] AS sums
              FROM counted LEFT JOIN time_zone_change z USING (program_id)
             GROUP BY 1, 2, 3, 4, 5, 6, 7
          )
          """
          + FigureCheck.COMPARED_BY_HOUR),
  STORE_DAYS(
      "figures of each day and store are the sums of their hours",
      """
      SELECT program_id, business_day, store_id, channel,
             h.sums AS of_hours, d.sums AS of_day
        FROM (SELECT program_id, business_day, store_id, channel,
                     ARRAY[sum(orders), sum(turnover), sum(refunds), sum(refunded), sum(points_earned),
                           sum(points_spent), sum(points_expired), sum(points_given_back),
                           sum(points_taken_back), sum(stored_value_in), sum(stored_value_out),
                           sum(new_members)]::numeric[] AS sums
                FROM figure_hour GROUP BY 1, 2, 3, 4) h
        FULL JOIN (SELECT program_id, business_day, store_id, channel,
                          ARRAY[orders, turnover, refunds, refunded, points_earned, points_spent,
                                points_expired, points_given_back, points_taken_back, stored_value_in,
                                stored_value_out, new_members]::numeric[] AS sums
                     FROM figure_store_day) d USING (program_id, business_day, store_id, channel)
       WHERE h.sums IS DISTINCT FROM d.sums
      """),
  SERVED(
      "members served in a store and in all, each once a day, are those of the entries",
      FigureCheck.TAKEN
          + """
          , visit AS (
            SELECT program_id, member_id, store_id, (occurred_at AT TIME ZONE time_zone)::date AS business_day
              FROM taken
             WHERE kind IN ('ACCRUAL', 'DEDUCTION', 'PAYMENT', 'TOP_UP', 'CAPTURE') AND store_id IS NOT NULL
               AND date_trunc('minute', recorded_at)
                   < date_trunc('minute', occurred_at) + interval '35 days'
          ), due AS (
            SELECT program_id, business_day, store_id, count(DISTINCT member_id) AS members
              FROM visit GROUP BY 1, 2, 3
            UNION ALL
            SELECT program_id, business_day, '', count(DISTINCT member_id) FROM visit GROUP BY 1, 2
          )
          SELECT program_id, business_day, store_id, u.members AS of_entries,
                 d.members_served AS of_figures
            FROM due u FULL JOIN figure_day d USING (program_id, business_day, store_id)
           WHERE coalesce(u.members, 0) <> coalesce(d.members_served, 0)
             AND program_id NOT IN (SELECT z.program_id FROM time_zone_change z)
          """),
  BUDGET_HOURS(
      "figures of budgets by hour are what the entries drew",
      FigureCheck.TAKEN
          + """
          , due AS (
            SELECT program_id, c ->> 0 AS budget_id,
                   CASE WHEN z.changed_at IS NULL THEN (recorded_at AT TIME ZONE time_zone)::date ELSE '-infinity' END
                     AS business_day,
                   CASE WHEN z.changed_at IS NULL THEN date_trunc('hour', recorded_at, time_zone) ELSE '-infinity' END
                     AS hour_start,
                   ARRAY[sum((c ->> 2)::bigint), sum((c ->> 3)::bigint), sum((c ->> 4)::bigint)]::numeric[] AS sums
              FROM taken CROSS JOIN json_array_elements(extra #> '{facts,budgets}') c
              LEFT JOIN time_zone_change z USING (program_id)
             GROUP BY 1, 2, 3, 4
          )
          SELECT program_id, budget_id, business_day, hour_start, 'issued, reversed, lapsed' AS sums,
                 u.sums AS of_entries, f.sums AS of_figures
            FROM due u
            FULL JOIN (SELECT program_id, budget_id,
                              CASE WHEN z.changed_at IS NULL THEN business_day ELSE '-infinity' END AS business_day,
                              CASE WHEN z.changed_at IS NULL THEN hour_start ELSE '-infinity' END AS hour_start,
                              ARRAY[sum(issued), sum(reversed), sum(lapsed)]::numeric[] AS sums
                         FROM figure_budget_hour LEFT JOIN time_zone_change z USING (program_id)
                        GROUP BY 1, 2, 3, 4) f USING (program_id, budget_id, business_day, hour_start)
           WHERE u.sums IS DISTINCT FROM f.sums
          """),
  OUTSTANDING(
      "what all members have by the figures is what the entries moved, by account, place and end",
      FigureCheck.TAKEN
          + """
          , moved AS (
            SELECT e.program_id, 'points' AS account, 'AVAILABLE' AS place, l.expires_at, l.points
              FROM taken e CROSS JOIN unnest(e.lot_expires_at, e.lot_points) AS l (expires_at, points)
            UNION ALL
            -- What is set aside ends with its lot, or with the reservation when that is later.
            SELECT e.program_id, m ->> 0, m ->> 1,
                   CASE WHEN m ->> 1 NOT IN ('HELD', 'PENDING')
                          THEN coalesce((m ->> 3)::timestamptz, 'infinity')
                        WHEN m ->> 3 IS NULL OR o.extra #>> '{detail,endsAt}' IS NULL THEN 'infinity'
                        ELSE greatest((m ->> 3)::timestamptz, (o.extra #>> '{detail,endsAt}')::timestamptz)
                   END,
                   (m ->> 4)::bigint
              FROM taken e CROSS JOIN json_array_elements(e.extra -> 'movements') m
              LEFT JOIN entry o ON o.program_id = e.program_id AND o.member_id = e.member_id
                               AND o.sequence = (m ->> 2)::bigint
          )
          SELECT program_id, account, place, expires_at, m.points AS of_entries, o.points AS of_figures
            FROM (SELECT program_id, account, place, expires_at, sum(points) AS points
                    FROM moved GROUP BY 1, 2, 3, 4) m
            FULL JOIN figure_outstanding o USING (program_id, account, place, expires_at)
           WHERE coalesce(m.points, 0) <> coalesce(o.points, 0)
          """);

  /** The entries and the enrolments that the figures have taken, up to their place in the feed. */
  private static final String TAKEN =
      """
      WITH place AS (
        SELECT last_position FROM feed_consumer WHERE name = 'figures'
      ), waiting AS MATERIALIZED (
        SELECT b.program_id, b.type, l.member_id, l.sequence
          FROM (SELECT batch_id, program_id FROM feed
                 WHERE position > (SELECT last_position FROM place)
                UNION ALL
                SELECT batch_id, program_id FROM feed_unnumbered) w
          JOIN feed_batch b USING (batch_id, program_id)
         CROSS JOIN unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
      ), taken AS NOT MATERIALIZED (
        SELECT p.time_zone, e.*
          FROM entry e JOIN program p USING (program_id)
         WHERE NOT EXISTS (SELECT FROM waiting w
                            WHERE w.type IS NULL AND w.program_id = e.program_id
                              AND w.member_id = e.member_id AND w.sequence = e.sequence)
      ), newcomer AS (
        -- Those of before the feed are in batches, and new on their own day.
        SELECT b.program_id, CASE WHEN b.batch_id < 0 THEN m.enrolled_at ELSE b.recorded_at END AS recorded_at,
               l.member_id, l.sequence
          FROM feed_batch b CROSS JOIN unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
          JOIN member m ON m.program_id = b.program_id AND m.member_id = l.member_id
         WHERE b.type = 'member.enrolled'
           AND NOT EXISTS (SELECT FROM waiting w
                            WHERE w.type = b.type AND w.program_id = b.program_id
                              AND w.member_id = l.member_id)
           AND NOT EXISTS (SELECT FROM pool o
                            WHERE o.program_id = b.program_id AND o.pool_id = l.member_id)
      )
      """;

  /**
   * Compares hour by hour. A program that has changed its time zone since its figures were made is
   * compared by the sums of all hours.
   */
  private static final String COMPARED_BY_HOUR =
      """
      SELECT program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id,
             'orders, turnover, refunds, refunded, earned, spent, expired, given back, taken back, value in,'
               || ' value out, new members' AS sums,
             u.sums AS of_entries, f.sums AS of_figures
        FROM due u
        FULL JOIN (SELECT program_id,
                          CASE WHEN z.changed_at IS NULL THEN business_day ELSE '-infinity' END AS business_day,
                          CASE WHEN z.changed_at IS NULL THEN hour_start ELSE '-infinity' END AS hour_start,
                          store_id, channel, terminal_id, cashier_id,
                          ARRAY[sum(orders), sum(turnover), sum(refunds), sum(refunded), sum(points_earned),
                                sum(points_spent), sum(points_expired), sum(points_given_back),
                                sum(points_taken_back), sum(stored_value_in), sum(stored_value_out),
                                sum(new_members)]::numeric[] AS sums
                     FROM figure_hour LEFT JOIN time_zone_change z USING (program_id)
                    GROUP BY 1, 2, 3, 4, 5, 6, 7) f
             USING (program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id)
       WHERE coalesce(u.sums, array_fill(0::numeric, ARRAY[12]))
             <> coalesce(f.sums, array_fill(0::numeric, ARRAY[12]))
      """;

  private final String what;
  private final String sql;

  FigureCheck(String what, String sql) {
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
