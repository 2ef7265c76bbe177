package points.ledger.proof;

/** The rules that hold for the awards of rule books, and for the facts that they look at. */
enum FactsCheck implements Check {
  AWARDS(
      "awards of an order add up to the points of its lines",
      """
      SELECT e.program_id, e.member_id, e.sequence, a.points AS awarded, l.points AS of_lines
        FROM entry e
       CROSS JOIN LATERAL (SELECT coalesce(sum((a ->> 2)::bigint), 0) AS points
                             FROM json_array_elements(coalesce(e.awarded::json, e.extra -> 'awarded') -> 'awards') a) a
       CROSS JOIN LATERAL (SELECT sum((l ->> 'points')::bigint) AS points
                             FROM json_array_elements(e.lines) l) l
       WHERE (e.awarded IS NOT NULL OR e.extra -> 'awarded' IS NOT NULL) AND a.points <> l.points
      """),
  CAPS(
      "changes of caps add up to what members have used of them",
      """
      SELECT program_id, member_id, rule, period, first_day, e.used AS of_entries, m.used AS of_member
        FROM (SELECT e.program_id, e.member_id, c ->> 0 AS rule, c ->> 1 AS period,
                     (c ->> 2)::date AS first_day, sum((c ->> 3)::bigint) AS used
                FROM entry e CROSS JOIN json_array_elements(e.extra #> '{facts,caps}') c
               GROUP BY 1, 2, 3, 4, 5) e
        FULL JOIN (SELECT m.program_id, m.member_id, c ->> 0 AS rule, c ->> 1 AS period,
                          (c ->> 2)::date AS first_day, (c ->> 3)::bigint AS used
                     FROM member m CROSS JOIN json_array_elements(m.extra #> '{facts,caps}') c) m
             USING (program_id, member_id, rule, period, first_day)
       -- Members drop the periods that ended long ago.
       WHERE first_day > current_date - 30 AND coalesce(e.used, 0) <> coalesce(m.used, 0)
      """),
  CARRY(
      "changes of what is carried add up to what members carry",
      """
      WITH carried AS (
        SELECT e.program_id, e.member_id, sum(split_part(f, '/', 1)::numeric
                                            / coalesce(nullif(split_part(f, '/', 2), ''), '1')::numeric) AS carry
          FROM entry e CROSS JOIN LATERAL (VALUES (e.extra #>> '{facts,carry}')) AS v (f)
         WHERE f IS NOT NULL
         GROUP BY 1, 2
      ), kept AS (
        SELECT m.program_id, m.member_id, split_part(f, '/', 1)::numeric
                 / coalesce(nullif(split_part(f, '/', 2), ''), '1')::numeric AS carry
          FROM member m CROSS JOIN LATERAL (VALUES (m.extra #>> '{facts,carry}')) AS v (f)
         WHERE f IS NOT NULL
      )
      SELECT program_id, member_id, e.carry AS of_entries, m.carry AS of_member
        FROM carried e FULL JOIN kept m USING (program_id, member_id)
       WHERE abs(coalesce(e.carry, 0) - coalesce(m.carry, 0)) > 0.000001
      """),
  MEASURED(
      "changes of what tiers measure add up to what members have",
      """
      SELECT program_id, member_id, month, e.growth AS growth_of_entries, m.growth AS growth_of_member,
             e.visits AS visits_of_entries, m.visits AS visits_of_member,
             e.spend AS spend_of_entries, m.spend AS spend_of_member
        FROM (SELECT e.program_id, e.member_id, (c ->> 0)::int AS month, sum((c ->> 1)::bigint) AS growth,
                     sum((c ->> 2)::bigint) AS visits, sum((c ->> 3)::bigint) AS spend
                FROM entry e CROSS JOIN json_array_elements(e.extra #> '{facts,tier,months}') c
               GROUP BY 1, 2, 3) e
        FULL JOIN (SELECT m.program_id, m.member_id, (c ->> 0)::int AS month, (c ->> 1)::bigint AS growth,
                          (c ->> 2)::bigint AS visits, (c ->> 3)::bigint AS spend
                     FROM member m CROSS JOIN json_array_elements(m.extra #> '{facts,tier,months}') c) m
             USING (program_id, member_id, month)
       -- Members drop the months that no period reaches any more, the current one never.
       WHERE (m.month IS NOT NULL OR month >= extract(year FROM now()) * 12 + extract(month FROM now()) - 2)
         AND (coalesce(e.growth, 0), coalesce(e.visits, 0), coalesce(e.spend, 0))
             <> (coalesce(m.growth, 0), coalesce(m.visits, 0), coalesce(m.spend, 0))
      """),
  LEVEL(
      "the level of each member is the one that its newest change of level says",
      """
      SELECT m.program_id, m.member_id, e.level AS of_entries, m.level AS of_member
        FROM (SELECT program_id, member_id, extra #> '{facts,tier,levels}' -> -1 ->> 0 AS level FROM member) m
       CROSS JOIN LATERAL (
         SELECT e.extra #>> '{facts,tier,level,to}' AS level FROM entry e
          WHERE e.program_id = m.program_id AND e.member_id = m.member_id
            AND e.extra #> '{facts,tier,level}' IS NOT NULL
          ORDER BY e.sequence DESC LIMIT 1) e
       WHERE e.level IS DISTINCT FROM m.level
      """),
  FLOORS(
      "levels that were given or bought have the end that the newest entry with them says",
      """
      SELECT program_id, member_id, level, since, e.until AS until_by_entries, e.ended AS ended_by_entries,
             m.until, m.ended
        FROM (SELECT DISTINCT ON (e.program_id, e.member_id, f ->> 0, f ->> 1)
                     e.program_id, e.member_id, f ->> 0 AS level, f ->> 1 AS since, f ->> 2 AS until,
                     (f ->> 3)::boolean AS ended,
                     max(e.recorded_at) OVER (PARTITION BY e.program_id, e.member_id) AS last
                FROM entry e CROSS JOIN json_array_elements(e.extra #> '{facts,tier,floors}') f
               ORDER BY e.program_id, e.member_id, f ->> 0, f ->> 1, e.sequence DESC) e
        FULL JOIN (SELECT m.program_id, m.member_id, f ->> 0 AS level, f ->> 1 AS since, f ->> 2 AS until,
                          (f ->> 3)::boolean AS ended
                     FROM member m CROSS JOIN json_array_elements(m.extra #> '{facts,tier,floors}') f) m
             USING (program_id, member_id, level, since)
       -- Members drop those that ended long before their last change of such a level.
       WHERE (e.until, e.ended) IS DISTINCT FROM (m.until, m.ended)
         AND (m.ended IS NOT NULL OR NOT e.ended OR e.until::timestamptz > last - interval '380 days')
      """),
  BUDGETS(
      "charges of entries add up to what budgets have issued and got back",
      """
      SELECT program_id, budget_id, scope, e.issued AS issued_by_entries, b.issued,
             e.reversed AS reversed_by_entries, b.reversed, e.lapsed AS lapsed_by_entries, b.lapsed
        FROM (SELECT e.program_id, c ->> 0 AS budget_id, c ->> 1 AS scope, sum((c ->> 2)::bigint) AS issued,
                     sum((c ->> 3)::bigint) AS reversed, sum((c ->> 4)::bigint) AS lapsed
                FROM entry e CROSS JOIN json_array_elements(e.extra #> '{facts,budgets}') c
               GROUP BY 1, 2, 3) e
        FULL JOIN budget b USING (program_id, budget_id, scope)
       WHERE coalesce(e.issued, 0) <> coalesce(b.issued, 0)
          OR coalesce(e.reversed, 0) <> coalesce(b.reversed, 0)
          OR coalesce(e.lapsed, 0) <> coalesce(b.lapsed, 0)
      """),
  PAID(
      "budgets are charged what the awards of orders say",
      """
      SELECT program_id, member_id, sequence, budget_id, scope, c.issued AS charged, a.points AS awarded
        FROM (SELECT e.program_id, e.member_id, e.sequence, c ->> 0 AS budget_id, c ->> 1 AS scope,
                     sum((c ->> 2)::bigint) AS issued
                FROM entry e CROSS JOIN json_array_elements(e.extra #> '{facts,budgets}') c
               WHERE e.kind = 'ACCRUAL' GROUP BY 1, 2, 3, 4, 5) c
        FULL JOIN (SELECT e.program_id, e.member_id, e.sequence, p ->> 1 AS budget_id, p ->> 2 AS scope,
                          sum((a ->> 2)::bigint) AS points
                     FROM entry e CROSS JOIN coalesce(e.awarded::json, e.extra -> 'awarded') AS w
                    CROSS JOIN json_array_elements(w -> 'paid') p
                    CROSS JOIN json_array_elements(w -> 'awards') a
                    WHERE e.kind = 'ACCRUAL' AND (p ->> 0 = '-1' OR p ->> 0 = a ->> 0)
                    GROUP BY 1, 2, 3, 4, 5) a
             USING (program_id, member_id, sequence, budget_id, scope)
       WHERE coalesce(c.issued, 0) <> coalesce(a.points, 0)
      """),
  LIMITS(
      "no budget has issued more than the highest limit that it had",
      """
      SELECT program_id, budget_id, scope, issued - reversed AS used, highest_max
        FROM budget WHERE issued - reversed > coalesce(highest_max, 0)
      """);

  private final String what;
  private final String sql;

  FactsCheck(String what, String sql) {
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
