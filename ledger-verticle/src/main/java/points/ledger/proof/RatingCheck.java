package points.ledger.proof;

/** The rules that ratings keep. */
enum RatingCheck implements Check {
  DAYS(
      "ratings that are not hidden add up to those of their store and day",
      """
      SELECT program_id, business_day, store_id, r.ratings, d.ratings AS kept, r.stars,
             d.stars AS stars_kept
        FROM (SELECT program_id, business_day, store_id, count(*) AS ratings, sum(stars) AS stars
                FROM rating WHERE hidden_at IS NULL GROUP BY 1, 2, 3) r
        FULL JOIN rating_day d USING (program_id, business_day, store_id)
       WHERE coalesce(r.ratings, 0) IS DISTINCT FROM d.ratings
          OR coalesce(r.stars, 0) IS DISTINCT FROM d.stars
      """),
  ENDED_MEMBERS(
      "ratings of members that left have no words, and those of merged members stand with the"
          + " other",
      """
      WITH RECURSIVE way AS (
        SELECT m.program_id, m.member_id, m.status, m.extra ->> 'mergedInto' AS into_member
          FROM member m
         WHERE m.status IN ('CLOSED', 'MERGED')
           AND EXISTS (SELECT FROM rating r WHERE r.program_id = m.program_id AND r.member_id = m.member_id)
           AND NOT EXISTS (SELECT FROM outbox o WHERE o.program_id = m.program_id AND o.member_id = m.member_id)
        UNION
        SELECT w.program_id, w.member_id, m.status, m.extra ->> 'mergedInto'
          FROM way w JOIN member m ON m.program_id = w.program_id AND m.member_id = w.into_member
         WHERE w.status = 'MERGED'
      )
      SELECT r.program_id, r.rating_id, r.member_id, w.status AS ends_with, r.text IS NOT NULL AS has_words
        FROM way w JOIN rating r USING (program_id, member_id)
       WHERE w.status IN ('ACTIVE', 'FROZEN') OR (w.status = 'CLOSED' AND r.text IS NOT NULL)
      """);

  private final String what;
  private final String sql;

  RatingCheck(String what, String sql) {
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
