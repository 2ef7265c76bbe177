package points.ledger.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import points.ledger.domain.Entry;
import points.ledger.domain.Lots;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Status;

/**
 * The statement that writes a batch, and with it the whole of what makes the ledger right. In one
 * transaction, for each member by itself:
 *
 * <ol>
 *   <li>{@code known}: if one of its commands has an entry already (same request, or same kind and
 *       order of a store), nothing of the member is written. A refused command is always looked
 *       for, since it may be refused only because it was applied before; an accepted one only when
 *       the batch asks for it, since the unique indexes refuse it in any case;
 *   <li>{@code written}: its new state goes in only where its sequence is the expected one. A
 *       member that is not there yet is enrolled by the same insert. No planner statistics matter
 *       here: an {@code ON CONFLICT} always goes by the index;
 *   <li>{@code appended}: the entries of the members written;
 *   <li>{@code checked}: where all was refused nothing changes, and the refusals hold if the
 *       sequence is the expected one.
 * </ol>
 *
 * A request or order that another transaction is just committing fails the whole statement by its
 * unique index (23505), and so does one that was not looked for; sent again and looked for, it
 * finds the entry and takes the first branch.
 */
final class BatchStatement {

  static final String SQL =
      """
      WITH wanted AS MATERIALIZED (
        SELECT * FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::text[],
                             $6::int8[], $7::int8[], $8::int8[], $9::int4[], $10::int4[])
          WITH ORDINALITY AS w (program_id, member_id, expected, sequence, status,
                                available, earned, spent, lots_from, lots_to, member_no)
      ), key AS MATERIALIZED (
        SELECT * FROM unnest($13::text[], $15::int4[], $16::int4[], $17::int8[], $18::text[],
                             $21::text[], $23::text[], $30::text[])
          AS k (program_id, member_no, command_no, sequence, kind,
                store_id, order_id, idempotency_key)
         WHERE $36 OR sequence IS NULL
      ), known AS MATERIALIZED (
        SELECT k.command_no, k.member_no
          FROM key k CROSS JOIN LATERAL (
            SELECT FROM entry e
             WHERE e.program_id = k.program_id AND e.idempotency_key = k.idempotency_key
             LIMIT 1) e
        UNION ALL
        SELECT k.command_no, k.member_no
          FROM key k CROSS JOIN LATERAL (
            SELECT FROM entry e
             WHERE e.program_id = k.program_id AND e.store_id = k.store_id
               AND e.order_id = k.order_id AND e.kind = k.kind
             LIMIT 1) e
      ), written AS (
        INSERT INTO member AS m (program_id, member_id, sequence, previous_sequence, status,
                                 available, lifetime_earned, lifetime_spent,
                                 lot_expires_at, lot_points)
        SELECT w.program_id, w.member_id, w.sequence, w.expected, w.status,
               w.available, w.earned, w.spent,
               ($11::timestamptz[])[w.lots_from:w.lots_to], ($12::int8[])[w.lots_from:w.lots_to]
          FROM wanted w
         WHERE w.sequence > w.expected AND w.member_no NOT IN (SELECT k.member_no FROM known k)
        ON CONFLICT (program_id, member_id) DO UPDATE
           SET sequence = excluded.sequence,
               previous_sequence = excluded.previous_sequence,
               status = excluded.status,
               available = excluded.available,
               lifetime_earned = excluded.lifetime_earned,
               lifetime_spent = excluded.lifetime_spent,
               lot_expires_at = excluded.lot_expires_at,
               lot_points = excluded.lot_points
         WHERE m.sequence = excluded.previous_sequence
        RETURNING m.program_id, m.member_id
      ), applied AS MATERIALIZED (
        SELECT w.member_no FROM wanted w JOIN written USING (program_id, member_id)
      ), appended AS (
        INSERT INTO entry (program_id, member_id, sequence, kind, points, balance,
                           lot_expires_at, lot_points, store_id, terminal_id, order_id,
                           amount, lines, operator, reason, occurred_at, recorded_at,
                           idempotency_key, fingerprint)
        SELECT l.program_id, l.member_id, l.sequence, l.kind, l.points, l.balance,
               ($34::timestamptz[])[l.lots_from:l.lots_to], ($35::int8[])[l.lots_from:l.lots_to],
               l.store_id, l.terminal_id, l.order_id,
               l.amount, l.lines::json, l.operator, l.reason, l.occurred_at, l.recorded_at,
               l.idempotency_key, l.fingerprint
          FROM unnest($13::text[], $14::text[], $15::int4[], $17::int8[],
                      $18::text[], $19::int8[], $20::int8[], $21::text[], $22::text[],
                      $23::text[], $24::int8[], $25::text[], $26::text[], $27::text[],
                      $28::timestamptz[], $29::timestamptz[], $30::text[], $31::uuid[],
                      $32::int4[], $33::int4[])
            AS l (program_id, member_id, member_no, sequence,
                  kind, points, balance, store_id, terminal_id,
                  order_id, amount, lines, operator, reason,
                  occurred_at, recorded_at, idempotency_key, fingerprint, lots_from, lots_to)
          JOIN applied a USING (member_no)
         WHERE l.sequence IS NOT NULL
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

  private BatchStatement() {}

  static Tuple bind(Batch batch) {
    Tuple tuple = Tuple.tuple(new ArrayList<>(36));
    var members = new MemberColumns();
    var entries = new EntryColumns();
    int memberNo = 0;
    int commandNo = 0;
    for (Batch.Member member : batch.members()) {
      members.add(member);
      memberNo++;
      for (Batch.Decided decided : member.decided()) {
        if (decided.entries().isEmpty()) {
          entries.addRefused(memberNo, commandNo, decided.command());
        }
        for (Entry entry : decided.entries()) {
          entries.add(memberNo, commandNo, entry);
        }
        commandNo++;
      }
    }
    members.bindTo(tuple);
    entries.bindTo(tuple);
    return tuple.addBoolean(batch.looksForKnown());
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

  /** {@code $1} to {@code $12}: a row per member. */
  private static final class MemberColumns {
    private final List<String> programId = new ArrayList<>();
    private final List<String> memberId = new ArrayList<>();
    private final List<Long> expected = new ArrayList<>();
    private final List<Long> sequence = new ArrayList<>();
    private final List<String> status = new ArrayList<>();
    private final List<Long> available = new ArrayList<>();
    private final List<Long> earned = new ArrayList<>();
    private final List<Long> spent = new ArrayList<>();
    private final LotColumns lots = new LotColumns();

    void add(Batch.Member member) {
      MemberKey key = member.key();
      programId.add(key.programId());
      memberId.add(key.memberId());
      expected.add(member.sequenceBefore());
      sequence.add(member.sequenceAfter());
      MemberState after = member.after();
      status.add(after == null ? Status.ACTIVE.name() : after.status().name());
      Lots open = after == null ? Lots.NONE : after.lots();
      available.add(open.total());
      earned.add(after == null ? 0 : after.lifetimeEarned());
      spent.add(after == null ? 0 : after.lifetimeSpent());
      lots.add(open.byExpiry());
    }

    void bindTo(Tuple tuple) {
      tuple
          .addArrayOfString(programId.toArray(String[]::new))
          .addArrayOfString(memberId.toArray(String[]::new))
          .addArrayOfLong(expected.toArray(Long[]::new))
          .addArrayOfLong(sequence.toArray(Long[]::new))
          .addArrayOfString(status.toArray(String[]::new))
          .addArrayOfLong(available.toArray(Long[]::new))
          .addArrayOfLong(earned.toArray(Long[]::new))
          .addArrayOfLong(spent.toArray(Long[]::new));
      lots.bindTo(tuple);
    }
  }
}
