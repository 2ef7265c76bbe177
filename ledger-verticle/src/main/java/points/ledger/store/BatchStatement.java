package points.ledger.store;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.model.Entry;
import points.ledger.store.EntryColumns.EntryRow;

/**
 * Writes a batch in one statement and one transaction; all guards of the ledger are in it.
 *
 * <p>Example: a batch has M at sequence 7, and N at sequence 3, each with one accrual. Another node
 * has written N's sequence 4 meanwhile. The statement writes M's state and entry 8, and nothing of
 * N, whose command the lane then decides again on sequence 4. For each member by itself:
 *
 * <ol>
 *   <li>{@code known}: if one of its commands has an entry already (same request, or same kind and
 *       order of a store), nothing of the member is written. The statement always looks for a
 *       refused command, since an earlier success of it may be the only reason for its refusal. It
 *       looks for an accepted one only when the batch asks for that, since the unique indexes
 *       refuse a second entry in any case. It always looks for a store's key in the form from
 *       before stores had keys of their own ({@code key_space}): no index refuses that one, but its
 *       member's sequence does;
 *   <li>{@code written}: its new state goes in only where its sequence is the expected one. A
 *       member that is not there yet is enrolled by the same insert. No planner statistics matter
 *       here: an {@code ON CONFLICT} always goes by the index;
 *   <li>{@code appended}: the entries of the members written; {@code effects}: what is to be done
 *       beyond them;
 *   <li>{@code charged}: what the entries of the members written draw on budgets. A trigger fails
 *       the whole statement (BU001) if that is more than is left, or if a decision took a budget
 *       for used up that is not. Rows are locked in the order of their keys, after all members;
 *   <li>{@code checked}: where all was refused nothing changes, and the refusals hold if the
 *       sequence is the expected one. A dry run is confirmed like a refusal, but brings no key to
 *       look for.
 * </ol>
 *
 * A request or order that another transaction is just committing fails the whole statement by its
 * unique index (23505), and so does one that was not looked for; sent again and looked for, it
 * finds the entry and takes the first branch.
 */
final class BatchStatement {

  /** In braces: lists of all columns of a table, see {@link Columns}. */
  private static final String TEMPLATE =
      """
      WITH wanted AS MATERIALIZED (
        SELECT * FROM unnest({member arrays}) WITH ORDINALITY AS w ({member unnested}, member_no)
      ), key AS MATERIALIZED (
        SELECT * FROM unnest(:entry_program_id, :entry_member_no, :entry_command_no, :entry_sequence,
                             :entry_kind, :entry_store_id, :entry_order_id, :entry_part,
                             :entry_idempotency_key)
          AS k (program_id, member_no, command_no, sequence,
                kind, store_id, order_id, part, idempotency_key)
         WHERE :looks_for_known OR sequence IS NULL
      ), known AS MATERIALIZED (
        SELECT k.command_no, k.member_no
          FROM key k CROSS JOIN LATERAL (
            SELECT FROM entry e
             WHERE e.program_id = k.program_id AND e.idempotency_key = k.idempotency_key
             LIMIT 1) e
        UNION ALL
        SELECT k.command_no, k.member_no
          FROM unnest(:entry_program_id, :entry_member_no, :entry_command_no,
                      :entry_idempotency_key, :entry_fingerprint)
            AS k (program_id, member_no, command_no, idempotency_key, fingerprint)
         CROSS JOIN LATERAL (
            SELECT FROM entry e
             WHERE e.program_id = k.program_id
               AND e.idempotency_key = split_part(k.idempotency_key, ' ', 2)
               AND e.fingerprint = k.fingerprint
               AND e.recorded_at < (SELECT shared_until FROM key_space)
             LIMIT 1) e
         WHERE (SELECT shared_until + interval '30 days' > now() FROM key_space)
           AND starts_with(k.idempotency_key, '@')
        UNION ALL
        SELECT k.command_no, k.member_no
          FROM key k CROSS JOIN LATERAL (
            SELECT FROM entry e
             WHERE e.program_id = k.program_id AND e.store_id = k.store_id
               AND e.order_id = k.order_id AND e.kind = k.kind AND e.part = k.part
             LIMIT 1) e
      ), written AS (
        INSERT INTO member AS m ({member kept})
        SELECT {member values}
          FROM wanted w
         WHERE w.sequence > w.previous_sequence AND w.member_no NOT IN (SELECT k.member_no FROM known k)
        ON CONFLICT (program_id, member_id) DO UPDATE
           SET {member updates}
         WHERE m.sequence = excluded.previous_sequence
        RETURNING m.program_id, m.member_id
      ), applied AS MATERIALIZED (
        SELECT w.member_no FROM wanted w JOIN written USING (program_id, member_id)
      ), appended AS (
        INSERT INTO entry ({entry kept})
        SELECT {entry values}
          FROM unnest({entry arrays}) AS l ({entry unnested})
          JOIN applied a USING (member_no)
         WHERE l.sequence IS NOT NULL
      ), effects AS (
        INSERT INTO outbox (program_id, member_id, sequence)
        SELECT w.program_id, w.member_id, e.sequence
          FROM unnest(:effect_member_nos, :effect_sequences) AS e (member_no, sequence)
          JOIN applied USING (member_no)
          JOIN wanted w USING (member_no)
      ), drawn AS MATERIALIZED (
        SELECT d.program_id, d.budget_id, d.scope, sum(d.issued)::bigint AS issued,
               sum(d.reversed)::bigint AS reversed, sum(d.lapsed)::bigint AS lapsed,
               max(d.points_max) AS points_max, bool_or(d.stops) AS stops, bool_or(d.used_up) AS used_up,
               max(d.warn_at) AS warn_at
          FROM unnest(:budget_member_nos, :budget_program_ids, :budget_ids, :budget_scopes,
                      :budget_issued, :budget_reversed, :budget_lapsed, :budget_max,
                      :budget_stops, :budget_used_up, :budget_warn_at)
            AS d (member_no, program_id, budget_id, scope, issued, reversed, lapsed, points_max,
                  stops, used_up, warn_at)
          JOIN applied USING (member_no)
         GROUP BY d.program_id, d.budget_id, d.scope
         ORDER BY d.program_id, d.budget_id, d.scope
      ), charged AS (
        INSERT INTO budget AS b (program_id, budget_id, scope, issued, reversed, lapsed, points_max,
                                 stops, used_up, stopped_at, highest_max, version, warn_at,
                                 highest_used)
        SELECT program_id, budget_id, scope, issued, reversed, lapsed, points_max, stops, used_up,
               CASE WHEN stops AND issued >= points_max THEN points_max END, points_max, 1,
               warn_at, greatest(0, issued - reversed)
          FROM drawn
         WHERE issued <> 0 OR reversed <> 0 OR lapsed <> 0
        ON CONFLICT (program_id, budget_id, scope) DO UPDATE
           SET issued = b.issued + excluded.issued, reversed = b.reversed + excluded.reversed,
               lapsed = b.lapsed + excluded.lapsed,
               points_max = coalesce(excluded.points_max, b.points_max),
               stops = coalesce(excluded.stops, b.stops), used_up = excluded.used_up,
               stopped_at = CASE WHEN excluded.stops AND excluded.issued > 0
                                      AND b.issued - b.reversed + excluded.issued >= excluded.points_max
                                 THEN excluded.points_max ELSE b.stopped_at END,
               highest_max = greatest(b.highest_max, excluded.points_max),
               version = b.version + 1, changed_at = now(),
               warn_at = coalesce(excluded.warn_at, b.warn_at),
               highest_used = greatest(b.highest_used,
                                       b.issued - b.reversed + excluded.issued - excluded.reversed)
        RETURNING json_build_array(b.program_id, b.budget_id, b.scope, b.issued - b.reversed,
                                   b.stopped_at, b.version) AS state
      ), used_up AS (
        SELECT refuse_budget(d.program_id, d.budget_id, d.scope, coalesce(b.issued - b.reversed, 0),
                             b.stopped_at, coalesce(b.version, 0)) AS refused
          FROM drawn d LEFT JOIN budget b USING (program_id, budget_id, scope)
         WHERE d.used_up AND d.issued = 0 AND d.reversed = 0 AND d.lapsed = 0
           AND budget_room(coalesce(b.issued - b.reversed, 0), b.stopped_at, d.points_max, d.stops) > 0
      ), checked AS (
        SELECT w.member_no
          FROM wanted w
         WHERE w.sequence = w.previous_sequence AND w.member_no NOT IN (SELECT k.member_no FROM known k)
           AND w.previous_sequence = coalesce((SELECT m.sequence FROM member m
                                       WHERE m.program_id = w.program_id
                                         AND m.member_id = w.member_id), -1)
      )
      SELECT ARRAY(SELECT member_no FROM applied UNION ALL SELECT member_no FROM checked),
             ARRAY(SELECT command_no FROM known),
             (SELECT json_agg(state) FROM charged),
             (SELECT count(refused) FROM used_up)
      """;

  static final String SQL = BatchParameter.number(named());

  private BatchStatement() {}

  /** The text with all columns, and parameters by their names. */
  private static String named() {
    return TEMPLATE
        .replace("{member arrays}", MemberColumns.ALL.arrays())
        .replace("{member unnested}", MemberColumns.ALL.unnested())
        .replace("{member kept}", MemberColumns.ALL.storedColumns())
        .replace("{member values}", MemberColumns.ALL.values("w"))
        .replace("{member updates}", MemberColumns.ALL.updates())
        .replace("{entry arrays}", EntryColumns.ALL.arrays())
        .replace("{entry unnested}", EntryColumns.ALL.unnested())
        .replace("{entry kept}", EntryColumns.ALL.storedColumns())
        .replace("{entry values}", EntryColumns.ALL.values("l"));
  }

  /** The values of all parameters, in the order of {@link BatchParameter#ALL}. */
  static Tuple bind(Batch batch) {
    var entries = new ArrayList<EntryRow>();
    var effectMemberNos = new ArrayList<Integer>(0);
    var effectSequences = new ArrayList<Long>(0);
    int memberNo = 0;
    int commandNo = 0;
    for (Batch.Member member : batch.members()) {
      memberNo++;
      for (Batch.Decided decided : member.decided()) {
        if (decided.entries().isEmpty() && !decided.isDryRun()) {
          entries.add(new EntryRow(memberNo, commandNo, decided.command()));
        }
        for (Entry entry : decided.entries()) {
          entries.add(new EntryRow(memberNo, commandNo, entry));
          if (entry.hasEffect()) {
            effectMemberNos.add(memberNo);
            effectSequences.add(entry.sequence());
          }
        }
        commandNo++;
      }
    }
    var arguments = new ArrayList<Object>(BatchParameter.ALL.size());
    MemberColumns.ALL.bind(batch.members(), arguments);
    EntryColumns.ALL.bind(entries, arguments);
    arguments.add(effectMemberNos.toArray(Integer[]::new));
    arguments.add(effectSequences.toArray(Long[]::new));
    arguments.add(batch.looksForKnown());
    BudgetCharges.bind(batch, arguments);
    return Tuple.wrap(arguments);
  }

  static BatchResult read(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    var confirmed = new BitSet();
    for (Long memberNo : row.getArrayOfLongs(0)) {
      confirmed.set((int) (memberNo - 1));
    }
    var known = new BitSet();
    for (Integer commandNo : row.getArrayOfIntegers(1)) {
      known.set(commandNo);
    }
    JsonArray budgets = (JsonArray) row.getJson(2);
    return new BatchResult(
        confirmed, known, budgets == null ? List.of() : BudgetCharges.states(budgets));
  }
}
