package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.ledger.account.Limits;
import points.ledger.account.Movement;
import points.ledger.command.HistoryQuery;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;

/**
 * Looks up the expired and lapsed points that certain entries brought.
 *
 * <p>When such an entry is undone, this shows which of its points expired unspent and which were
 * spent. Points lapse if they had expired and another entry that brought them was undone.
 */
final class Expiries {

  /**
   * Selects the entries since some instant that expire or lapse points of a member.
   *
   * <p>Lapses come first. If there are more entries than are looked at, some expiries are missing;
   * then fewer points lapse than may, never more. Points that were reversed or moved on have not
   * lapsed. The instant is compared with the time at which an entry was made, because a sale that
   * came back is dated as it was sold.
   */
  private static final String SINCE =
      """
      SELECT * FROM entry e
       WHERE program_id = $1 AND member_id = ANY ($2) AND recorded_at >= $3
         AND kind IN ('EXPIRY', 'REFUND', 'REVERSAL', 'MOVE_RETURN')
         AND (kind = 'EXPIRY'
           OR ((extra #> '{detail,lapsedLots}') IS NOT NULL
             AND NOT EXISTS (
               SELECT FROM entry r
                WHERE r.program_id = e.program_id AND r.member_id = e.member_id
                  AND r.refers_to = e.sequence AND r.kind = 'REVERSAL')
             AND NOT EXISTS (
               SELECT FROM entry r
                WHERE r.program_id = e.program_id AND r.kind = 'REVERSAL' AND r.refers_to IS NULL
                  AND reversed_id(r.member_id, r.refers_to, r.part)
                    = e.member_id || '-' || e.sequence)
             AND NOT EXISTS (
               SELECT FROM entry o
                WHERE o.program_id = e.program_id AND o.store_id = e.store_id
                  AND o.order_id = e.order_id AND o.kind = 'MOVE_OUT'
                  AND o.part = e.member_id || '-' || e.sequence)))
       ORDER BY (kind = 'EXPIRY'), member_id, sequence LIMIT $4
      """;

  private final PgClient connections;
  private final InstantSource time;

  Expiries(PgClient connections, InstantSource time) {
    this.time = time;
    this.connections = connections;
  }

  /**
   * With what expired of the members of these entries, since the first lot did that they brought.
   */
  Future<List<Entry>> addTo(List<Entry> entries, HistoryQuery needed) {
    Instant now = time.instant();
    Optional<Instant> first =
        entries.stream()
            .flatMap(it -> it.movements().stream())
            .filter(it -> it.worth() > 0 && it.expiresAt().isBefore(now))
            .map(Movement::expiresAt)
            .min(Comparator.naturalOrder());
    if (first.isEmpty()) {
      return Future.succeededFuture(entries);
    }
    var members = new TreeSet<String>();
    for (Entry it : entries) {
      members.add(it.member().memberId());
      if (it.kind() == Entry.Kind.MERGE_OUT) {
        members.add(String.valueOf(it.counterpart()));
      }
    }
    if (needed instanceof HistoryQuery.OfOrder order && order.memberId() != null) {
      members.add(order.memberId());
    }
    return connections
        .read(
            SINCE,
            Tuple.of(
                entries.get(0).member().programId(),
                members.toArray(String[]::new),
                PgTimestamps.toSql(first.get()),
                Limits.ENTRIES_OF_ORDER_MAX))
        .map(EntryRows::entries)
        .map(expiries -> union(entries, expiries));
  }

  /** Each of them once. */
  static List<Entry> union(List<Entry> some, List<Entry> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }
}
