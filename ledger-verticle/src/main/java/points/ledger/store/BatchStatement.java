package points.ledger.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import points.ledger.model.Entry;

/**
 * The statement that writes a batch, and with it the whole of what makes the ledger right. In one
 * transaction, for each member by itself:
 *
 * <ol>
 *   <li>{@code known}: if one of its commands has an entry already (same request, or same kind and
 *       order of a store), nothing of the member is written. A refused command is always looked
 *       for, since it may be refused only because it was applied before; an accepted one only when
 *       the batch asks for it, since the unique indexes refuse it in any case. The key of a store
 *       is looked for as it was written before stores had keys of their own ({@code key_space}),
 *       always: no index refuses that one, but its member's sequence does;
 *   <li>{@code written}: its new state goes in only where its sequence is the expected one. A
 *       member that is not there yet is enrolled by the same insert. No planner statistics matter
 *       here: an {@code ON CONFLICT} always goes by the index;
 *   <li>{@code appended}: the entries of the members written; {@code effects}: what is to be done
 *       beyond them;
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

  private static final String NAMED =
      """
      WITH wanted AS MATERIALIZED (
        SELECT * FROM unnest(:member_programs, :member_ids, :member_expected, :member_sequences,
                             :member_statuses, :member_available, :member_earned, :member_spent,
                             :member_held, :member_pending, :member_debts, :member_stored_values,
                             :member_extras, :member_lots_from, :member_lots_to)
          WITH ORDINALITY AS w (program_id, member_id, expected, sequence,
                                status, available, earned, spent,
                                held, pending, debt, stored_value,
                                extra, lots_from, lots_to, member_no)
      ), key AS MATERIALIZED (
        SELECT * FROM unnest(:entry_programs, :entry_member_nos, :entry_command_nos, :entry_sequences,
                             :entry_kinds, :entry_stores, :entry_orders, :entry_parts,
                             :entry_keys)
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
          FROM unnest(:entry_programs, :entry_member_nos, :entry_command_nos, :entry_keys,
                      :entry_fingerprints)
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
        INSERT INTO member AS m (program_id, member_id, sequence, previous_sequence, status,
                                 available, lifetime_earned, lifetime_spent,
                                 held, pending, debt, stored_value, extra,
                                 lot_expires_at, lot_points)
        SELECT w.program_id, w.member_id, w.sequence, w.expected, w.status,
               w.available, w.earned, w.spent,
               w.held, w.pending, w.debt, w.stored_value, w.extra::json,
               (:member_lot_expiries)[w.lots_from : w.lots_to],
               (:member_lot_points)[w.lots_from : w.lots_to]
          FROM wanted w
         WHERE w.sequence > w.expected AND w.member_no NOT IN (SELECT k.member_no FROM known k)
        ON CONFLICT (program_id, member_id) DO UPDATE
           SET sequence = excluded.sequence,
               previous_sequence = excluded.previous_sequence,
               status = excluded.status,
               available = excluded.available,
               lifetime_earned = excluded.lifetime_earned,
               lifetime_spent = excluded.lifetime_spent,
               held = excluded.held,
               pending = excluded.pending,
               debt = excluded.debt,
               stored_value = excluded.stored_value,
               extra = excluded.extra,
               lot_expires_at = excluded.lot_expires_at,
               lot_points = excluded.lot_points
         WHERE m.sequence = excluded.previous_sequence
        RETURNING m.program_id, m.member_id
      ), applied AS MATERIALIZED (
        SELECT w.member_no FROM wanted w JOIN written USING (program_id, member_id)
      ), appended AS (
        INSERT INTO entry (program_id, member_id, sequence, kind, points, balance,
                           lot_expires_at, lot_points, store_id, terminal_id, order_id, part,
                           amount, lines, operator, reason, occurred_at, recorded_at,
                           idempotency_key, fingerprint, refers_to, extra)
        SELECT l.program_id, l.member_id, l.sequence, l.kind, l.points, l.balance,
               (:entry_lot_expiries)[l.lots_from : l.lots_to],
               (:entry_lot_points)[l.lots_from : l.lots_to],
               l.store_id, l.terminal_id, l.order_id, l.part,
               l.amount, l.lines::json, l.operator, l.reason, l.occurred_at, l.recorded_at,
               l.idempotency_key, l.fingerprint, l.refers_to, l.extra::json
          FROM unnest(:entry_programs, :entry_members, :entry_member_nos, :entry_sequences,
                      :entry_kinds, :entry_points, :entry_balances,
                      :entry_stores, :entry_terminals, :entry_orders, :entry_parts,
                      :entry_amounts, :entry_lines, :entry_operators, :entry_reasons,
                      :entry_occurred, :entry_recorded, :entry_keys, :entry_fingerprints,
                      :entry_references, :entry_extras, :entry_lots_from, :entry_lots_to)
            AS l (program_id, member_id, member_no, sequence,
                  kind, points, balance,
                  store_id, terminal_id, order_id, part,
                  amount, lines, operator, reason,
                  occurred_at, recorded_at, idempotency_key, fingerprint,
                  refers_to, extra, lots_from, lots_to)
          JOIN applied a USING (member_no)
         WHERE l.sequence IS NOT NULL
      ), effects AS (
        INSERT INTO outbox (program_id, member_id, sequence)
        SELECT w.program_id, w.member_id, e.sequence
          FROM unnest(:effect_member_nos, :effect_sequences) AS e (member_no, sequence)
          JOIN applied USING (member_no)
          JOIN wanted w USING (member_no)
      ), checked AS (
        SELECT w.member_no
          FROM wanted w
         WHERE w.sequence = w.expected AND w.member_no NOT IN (SELECT k.member_no FROM known k)
           AND w.expected = coalesce((SELECT m.sequence FROM member m
                                       WHERE m.program_id = w.program_id
                                         AND m.member_id = w.member_id), -1)
      )
      SELECT ARRAY(SELECT member_no FROM applied UNION ALL SELECT member_no FROM checked),
             ARRAY(SELECT command_no FROM known)
      """;

  static final String SQL = BatchParameter.number(NAMED);

  private BatchStatement() {}

  static Tuple bind(Batch batch) {
    var members = new MemberColumns();
    var entries = new EntryColumns();
    int memberNo = 0;
    int commandNo = 0;
    for (Batch.Member member : batch.members()) {
      members.add(member);
      memberNo++;
      for (Batch.Decided decided : member.decided()) {
        if (decided.entries().isEmpty() && !decided.isDryRun()) {
          entries.addRefused(memberNo, commandNo, decided.command());
        }
        for (Entry entry : decided.entries()) {
          entries.add(memberNo, commandNo, entry);
        }
        commandNo++;
      }
    }
    var arguments = new EnumMap<BatchParameter, Object>(BatchParameter.class);
    members.bindTo(arguments);
    entries.bindTo(arguments);
    bindEffects(batch, arguments);
    arguments.put(BatchParameter.LOOKS_FOR_KNOWN, batch.looksForKnown());
    return Tuple.wrap(new ArrayList<>(arguments.values())); // in the order of the parameters
  }

  private static void bindEffects(Batch batch, Map<BatchParameter, Object> arguments) {
    var memberNos = new ArrayList<Integer>(0);
    var sequences = new ArrayList<Long>(0);
    int memberNo = 0;
    for (Batch.Member member : batch.members()) {
      memberNo++;
      for (Batch.Decided decided : member.decided()) {
        for (Entry entry : decided.entries()) {
          if (entry.hasEffect()) {
            memberNos.add(memberNo);
            sequences.add(entry.sequence());
          }
        }
      }
    }
    arguments.put(BatchParameter.EFFECT_MEMBER_NOS, memberNos.toArray(Integer[]::new));
    arguments.put(BatchParameter.EFFECT_SEQUENCES, sequences.toArray(Long[]::new));
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
    return new BatchResult(confirmed, known);
  }
}
