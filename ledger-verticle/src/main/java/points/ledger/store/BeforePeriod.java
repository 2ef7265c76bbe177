package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.ledger.award.EarningFacts;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.command.StoreFacts;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.MemberKey;
import points.ledger.store.RecordedPeriod.Range;
import points.ledger.store.json.ExtraJson;

/** Reads the facts with which a period of a program began. */
public final class BeforePeriod {

  private static final String CHARGES =
      RecordedPeriod.SLICE
          + """
          SELECT c.value ->> 0 AS budget_id, c.value ->> 1 AS scope,
                 sum((c.value ->> 2)::bigint)::bigint AS issued, sum((c.value ->> 3)::bigint)::bigint AS reversed
          """
          + RecordedPeriod.NAMED
          + """
           CROSS JOIN LATERAL json_array_elements(e.extra #> '{facts,budgets}') c
           WHERE e.recorded_at >= $5
           GROUP BY 1, 2
          """;

  /** Budgets, the end of the feed, and what has no place in it yet: all of one moment. */
  private static final String BUDGETS =
      """
      SELECT b.budget_id, b.scope, b.issued - b.reversed AS used, b.stopped_at, b.version, h.last_position,
             (SELECT coalesce(sum((c.value ->> 2)::bigint), 0)::bigint FROM late l
               CROSS JOIN LATERAL json_array_elements(l.budgets) c
               WHERE c.value ->> 0 = b.budget_id AND c.value ->> 1 = b.scope) AS issued_late,
             (SELECT coalesce(sum((c.value ->> 3)::bigint), 0)::bigint FROM late l
               CROSS JOIN LATERAL json_array_elements(l.budgets) c
               WHERE c.value ->> 0 = b.budget_id AND c.value ->> 1 = b.scope) AS reversed_late
        FROM budget b CROSS JOIN feed_head h
       WHERE b.program_id = $1
      """;

  private static final String WITH_LATE =
      """
      WITH late AS MATERIALIZED (
        SELECT e.extra #> '{facts,budgets}' AS budgets
          FROM feed_unnumbered u
          JOIN feed_batch b ON b.batch_id = u.batch_id AND b.program_id = u.program_id AND b.type IS NULL
         CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) n (member_id, sequence)
          JOIN entry e ON e.program_id = u.program_id AND e.member_id = n.member_id AND e.sequence = n.sequence
         WHERE u.program_id = $1 AND e.extra #> '{facts,budgets}' IS NOT NULL)
      """;

  private static final String BEGIN =
      """
      SELECT w.member_id, NULL::text AS kind, NULL::timestamptz AS recorded_at, NULL::json AS extra,
             EXISTS (SELECT FROM entry e
                      WHERE e.program_id = $1 AND e.member_id = w.member_id AND e.sequence < w.sequence
                        AND e.kind IN ('ACCRUAL', 'MOVE_IN', 'MOVE_RETURN')) AS bought, 0::bigint AS sequence
        FROM unnest($2::text[], $3::bigint[]) AS w (member_id, sequence)
      UNION ALL
      SELECT e.member_id, e.kind, e.recorded_at, json_build_object('facts', e.extra -> 'facts'), NULL, e.sequence
        FROM unnest($2::text[], $3::bigint[]) AS w (member_id, sequence)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = $1 AND e.member_id = w.member_id AND e.sequence < w.sequence
            AND e.extra -> 'facts' IS NOT NULL) e
      ORDER BY member_id, sequence
      """;

  private static final String STORES =
      """
      SELECT store_id, tags, time_zone FROM store
       WHERE program_id = $1 AND (cardinality(tags) > 0 OR time_zone IS NOT NULL)
      """;

  private final PgClient connections;

  public BeforePeriod(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** The budgets of a program, and the end of the feed that they belong to. */
  public record BudgetsNow(
      Map<BudgetKey, BudgetState> budgets, Map<BudgetKey, Long> issuedLate, long last) {}

  /** Returns the budgets as they were before what has no place in the feed yet. */
  public Future<BudgetsNow> budgets(String programId) {
    return connections
        .read(WITH_LATE + BUDGETS, Tuple.of(programId))
        .map(
            rows -> {
              var budgets = new HashMap<BudgetKey, BudgetState>();
              var issued = new HashMap<BudgetKey, Long>();
              long last = 0;
              for (Row row : rows) {
                var key =
                    new BudgetKey(programId, row.getString("budget_id"), row.getString("scope"));
                long used =
                    row.getLong("used") - row.getLong("issued_late") + row.getLong("reversed_late");
                budgets.put(
                    key,
                    new BudgetState(key, used, row.getLong("stopped_at"), row.getLong("version")));
                issued.put(key, row.getLong("issued_late"));
                last = row.getLong("last_position") + 1;
              }
              return new BudgetsNow(budgets, issued, last);
            });
  }

  /** The points that a slice of the feed drew on a budget, and those that it gave back. */
  public record Charged(BudgetKey key, long issued, long reversed) {}

  /** Reads what the next batches of a range drew from budgets, from an instant on. */
  public Future<List<Charged>> charges(String programId, Range range, long place, Instant from) {
    return connections
        .read(
            CHARGES,
            RecordedPeriod.slice(programId, place, range.last()).addValue(PgTimestamps.toSql(from)))
        .map(
            rows -> {
              var charged = new ArrayList<Charged>(rows.size());
              rows.forEach(
                  it ->
                      charged.add(
                          new Charged(
                              new BudgetKey(
                                  programId, it.getString("budget_id"), it.getString("scope")),
                              it.getLong("issued"),
                              it.getLong("reversed"))));
              return charged;
            });
  }

  /**
   * Returns the facts that members had before some entries of theirs.
   *
   * @param before by member, the sequence of the entry
   */
  public Future<Map<MemberKey, EarningFacts>> factsBefore(
      String programId, Map<String, Long> before) {
    Tuple wanted =
        Tuple.of(programId)
            .addArrayOfString(before.keySet().toArray(String[]::new))
            .addArrayOfLong(before.values().toArray(Long[]::new));
    return connections
        .read(BEGIN, wanted)
        .map(
            rows -> {
              var facts = new HashMap<MemberKey, EarningFacts>();
              for (Row row : rows) {
                var key = new MemberKey(programId, row.getString("member_id"));
                facts.put(key, after(facts.getOrDefault(key, EarningFacts.FRESH), row));
              }
              return facts;
            });
  }

  private static EarningFacts after(EarningFacts facts, Row row) {
    String kind = row.getString("kind");
    if (kind == null) {
      return row.getBoolean("bought")
          ? new EarningFacts(
              true, facts.carry(), facts.capUses(), facts.tierFacts(), facts.recentOrders())
          : facts;
    }
    var change = ExtraJson.factsChange((JsonObject) row.getValue("extra"));
    return change == null
        ? facts
        : facts.after(
            change,
            Entry.Kind.valueOf(kind).is(EntryTrait.MOVABLE),
            row.getOffsetDateTime("recorded_at").toInstant());
  }

  /** Returns the facts of the program's stores that have any. */
  public Future<Map<String, StoreFacts>> stores(String programId) {
    return connections
        .read(STORES, Tuple.of(programId))
        .map(
            rows -> {
              var stores = new HashMap<String, StoreFacts>();
              for (Row row : rows) {
                stores.put(
                    row.getString("store_id"),
                    new StoreFacts(
                        Set.of(row.getArrayOfStrings("tags")), row.getString("time_zone")));
              }
              return stores;
            });
  }
}
