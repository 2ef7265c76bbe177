package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.commit.CommittedEntries.MemberHistory;
import points.ledger.database.PgClient;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/** Reads the entries around an order or an entry, for decisions that depend on them. */
final class HistoryReader {

  /**
   * Selects the entries of an order, those that refer to them or undid them elsewhere, and merges
   * of their members.
   */
  private static final String AROUND_ORDER =
      """
      WITH ordered AS MATERIALIZED (
        SELECT * FROM entry
         WHERE program_id = $1 AND store_id = $2 AND order_id = $3 LIMIT $4
      )
      SELECT * FROM ordered
      UNION ALL
      SELECT e.* FROM ordered o CROSS JOIN LATERAL (
        SELECT * FROM entry e
         WHERE e.program_id = o.program_id AND e.member_id = o.member_id AND e.refers_to = o.sequence
           AND (e.order_id IS NULL OR e.order_id <> $3 OR e.store_id <> $2)
         LIMIT 2) e
      UNION ALL
      SELECT e.* FROM ordered o CROSS JOIN LATERAL (
        SELECT * FROM entry e
         WHERE e.program_id = o.program_id AND e.kind = 'REVERSAL' AND e.refers_to IS NULL
           AND reversed_id(e.member_id, e.refers_to, e.part) = o.member_id || '-' || o.sequence
         LIMIT 1) e
      UNION ALL
      SELECT e.* FROM (SELECT DISTINCT program_id, member_id FROM ordered) o CROSS JOIN LATERAL (
        SELECT * FROM entry e
         WHERE e.program_id = o.program_id AND e.member_id = o.member_id
         ORDER BY e.sequence DESC LIMIT 1) e
       WHERE e.kind = 'MERGE_OUT'
      """;

  /**
   * Selects an entry, those that refer to it or undid it elsewhere, and the merge of its member.
   */
  private static final String AROUND_ENTRY =
      """
      SELECT * FROM entry WHERE program_id = $1 AND member_id = $2 AND sequence = $3
      UNION ALL
      (SELECT * FROM entry WHERE program_id = $1 AND member_id = $2 AND refers_to = $3 LIMIT 2)
      UNION ALL
      (SELECT * FROM entry
        WHERE program_id = $1 AND kind = 'REVERSAL' AND refers_to IS NULL
          AND reversed_id(member_id, refers_to, part) = $2 || '-' || $3::bigint LIMIT 1)
      UNION ALL
      SELECT * FROM (
        SELECT * FROM entry
         WHERE program_id = $1 AND member_id = $2 ORDER BY sequence DESC LIMIT 1) e
       WHERE e.kind = 'MERGE_OUT' AND e.sequence <> $3
      """;

  private static final String STATE_AROUND_ORDER = withState(AROUND_ORDER, 5);

  private static final String STATE_AROUND_ENTRY = withState(AROUND_ENTRY, 4);

  private final PgClient connections;
  private final Merges merges;
  private final Expiries expiries;

  HistoryReader(PgClient connections, InstantSource time) {
    this.connections = connections;
    this.merges = new Merges(connections);
    this.expiries = new Expiries(connections, time);
  }

  /** The entries, with the merges since; without what expired. */
  Future<EntryHistory> historyOf(HistoryQuery needed) {
    return around(needed)
        .compose(merges::addTo)
        .map(found -> new EntryHistory(needed, Long.MAX_VALUE, found));
  }

  /** The entries, with the merges since and what expired. */
  Future<List<Entry>> needed(HistoryQuery needed) {
    return around(needed).compose(found -> complete(needed, found));
  }

  /**
   * Puts the member's row before the entries. The columns that both tables have are shared; those
   * of the other table are null.
   *
   * @param memberId the number of the parameter that names the member
   */
  private static String withState(String entries, int memberId) {
    return """
    SELECT %s, m.status, m.lifetime_earned, m.lifetime_spent, m.debt, has_bought(m) AS bought_ever
      FROM member m WHERE m.program_id = $1 AND m.member_id = $%d
    UNION ALL
    SELECT %s, NULL, NULL, NULL, NULL, NULL FROM (%s) e
    """
        .formatted(
            EntryColumns.ALL
                .namesKept()
                .map(it -> (MemberColumns.ALL.isKept(it) ? "m." : "NULL AS ") + it)
                .collect(Collectors.joining(", ")),
            memberId,
            EntryColumns.ALL.storedColumns(),
            entries);
  }

  /**
   * Reads a member's state and the entries by one statement, and so of one moment. Merges and
   * expiries are read afterwards.
   */
  Future<MemberHistory> needed(MemberKey member, HistoryQuery needed) {
    return connections
        .read(
            needed instanceof HistoryQuery.OfOrder ? STATE_AROUND_ORDER : STATE_AROUND_ENTRY,
            arguments(needed).addString(member.memberId()))
        .compose(
            rows -> {
              MemberState state = state(rows);
              return withItsOrder(needed, EntryRows.entries(rows))
                  .compose(found -> complete(needed, found))
                  .map(found -> new MemberHistory(state, found));
            });
  }

  /** An entry with those around it, without its order. */
  Future<List<Entry>> entriesAround(HistoryQuery.OfEntry one) {
    return connections.read(AROUND_ENTRY, arguments(one)).map(EntryRows::entries);
  }

  private static @Nullable MemberState state(RowSet<Row> rows) {
    for (Row row : rows) {
      if (!EntryRows.isEntry(row)) {
        return PgMemberReader.state(row);
      }
    }
    return null;
  }

  private Future<List<Entry>> complete(HistoryQuery needed, List<Entry> found) {
    return merges.addTo(found).compose(merged -> expiries.addTo(merged, needed));
  }

  private Future<List<Entry>> around(HistoryQuery needed) {
    return connections
        .read(
            needed instanceof HistoryQuery.OfOrder ? AROUND_ORDER : AROUND_ENTRY, arguments(needed))
        .map(EntryRows::entries)
        .compose(found -> withItsOrder(needed, found));
  }

  private static Tuple arguments(HistoryQuery needed) {
    if (needed instanceof HistoryQuery.OfOrder order) {
      return Tuple.of(
          order.programId(), order.storeId(), order.orderId(), Limits.ENTRIES_OF_ORDER_MAX);
    }
    var one = (HistoryQuery.OfEntry) needed;
    return Tuple.of(one.member().programId(), one.member().memberId(), one.sequence());
  }

  private Future<List<Entry>> withItsOrder(HistoryQuery needed, List<Entry> found) {
    if (!(needed instanceof HistoryQuery.OfEntry one)) {
      return Future.succeededFuture(found);
    }
    return found.stream()
        .filter(it -> it.sequence() == one.sequence() && it.origin().orderId() != null)
        .findFirst()
        .map(
            entry ->
                around(
                        new HistoryQuery.OfOrder(
                            one.member().programId(),
                            String.valueOf(entry.origin().storeId()),
                            String.valueOf(entry.origin().orderId())))
                    .map(ofOrder -> Expiries.union(found, ofOrder)))
        .orElseGet(() -> Future.succeededFuture(found));
  }
}
