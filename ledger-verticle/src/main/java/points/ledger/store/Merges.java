package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import points.ledger.database.PgClient;
import points.ledger.model.Entry;
import points.ledger.model.Origin;

/**
 * Looks up the member that now has the points of a merged member.
 *
 * <p>It follows all merges since, and finds out whether pending points have become available there.
 */
final class Merges {

  /**
   * Returns where the points of a merged member are now.
   *
   * <p>A merge is the last entry of its member. The other member gets one entry for what was
   * available and one for each accrual whose points were pending. The keys of these entries are
   * made from the merge and from the accrual, so they can be found.
   */
  private static final String SINCE =
      """
      WITH RECURSIVE merge AS (
        SELECT e.* FROM unnest($2::text[]) AS w (member_id) CROSS JOIN LATERAL (
          SELECT * FROM entry e
           WHERE e.program_id = $1 AND e.member_id = w.member_id
           ORDER BY e.sequence DESC LIMIT 1) e
         WHERE e.kind = 'MERGE_OUT'
        UNION ALL
        SELECT e.* FROM merge m CROSS JOIN LATERAL (
          SELECT * FROM entry e
           WHERE e.program_id = m.program_id AND e.member_id = m.extra #>> '{detail,memberId}'
           ORDER BY e.sequence DESC LIMIT 1) e
         WHERE e.kind = 'MERGE_OUT'
      ), pending AS (
        SELECT e.* FROM merge m CROSS JOIN LATERAL (
          SELECT DISTINCT moved ->> 2 AS reserve
            FROM json_array_elements(m.extra -> 'movements') moved
           WHERE moved ->> 1 = 'PENDING') r
         CROSS JOIN LATERAL (
          SELECT * FROM entry e
           WHERE e.program_id = m.program_id
             AND e.idempotency_key
                 = 'merge of ' || m.member_id || '-' || m.sequence || ' pending ' || r.reserve
           LIMIT 1) e
         WHERE e.extra #>> '{detail,storeId}' = $3 AND e.extra #>> '{detail,orderId}' = $4
      )
      SELECT * FROM merge
      UNION ALL
      SELECT e.* FROM merge m CROSS JOIN LATERAL (
        SELECT * FROM entry e
         WHERE e.program_id = m.program_id
           AND e.idempotency_key = 'merge of ' || m.member_id || '-' || m.sequence
         LIMIT 1) e
      UNION ALL
      SELECT * FROM pending
      UNION ALL
      SELECT e.* FROM pending p CROSS JOIN LATERAL (
        SELECT * FROM entry e
         WHERE e.program_id = p.program_id AND e.member_id = p.member_id
           AND e.refers_to = p.sequence
         LIMIT 2) e
      """;

  private final PgClient connections;

  Merges(PgClient connections) {
    this.connections = connections;
  }

  /** Adds the entries that show where the points of merged members are; mostly none was merged. */
  Future<List<Entry>> addTo(List<Entry> entries) {
    List<Entry> merges = entries.stream().filter(it -> it.kind() == Entry.Kind.MERGE_OUT).toList();
    if (merges.isEmpty()) {
      return Future.succeededFuture(entries);
    }
    Origin order =
        entries.stream()
            .filter(Entry::isPending)
            .map(Entry::pendingFor)
            .findFirst()
            .orElse(Origin.NONE);
    return connections
        .read(
            SINCE,
            Tuple.of(
                merges.get(0).member().programId(),
                merges.stream().map(it -> it.member().memberId()).toArray(String[]::new),
                order.storeId(),
                order.orderId()))
        .map(EntryRows::entries)
        .map(since -> Expiries.union(entries, since));
  }
}
