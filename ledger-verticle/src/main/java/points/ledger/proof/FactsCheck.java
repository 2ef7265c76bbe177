package points.ledger.proof;

/** The rules that hold for the awards of rule books, and for the facts that they look at. */
enum FactsCheck implements Check {
  AWARDS(
      "awards of an order add up to the points of its lines",
      """
      SELECT e.program_id, e.member_id, e.sequence, a.points AS awarded, l.points AS of_lines
        FROM entry e
       CROSS JOIN LATERAL (SELECT coalesce(sum((a ->> 2)::bigint), 0) AS points
                             FROM json_array_elements(e.extra #> '{awarded,awards}') a) a
       CROSS JOIN LATERAL (SELECT sum((l ->> 'points')::bigint) AS points
                             FROM json_array_elements(e.lines) l) l
       WHERE e.extra -> 'awarded' IS NOT NULL AND a.points <> l.points
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
