package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import points.ledger.domain.Entry;
import points.ledger.domain.Limits;
import points.ledger.domain.Movement;
import points.ledger.domain.Needed;

/**
 * Looks up what has expired of that which entries brought. When such an entry is undone, what
 * expired unspent is told from what was spent by that.
 */
final class Expiries {

  private static final String SINCE =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND member_id = ANY ($2) AND kind = 'EXPIRY' AND occurred_at >= $3
       ORDER BY member_id, sequence LIMIT $4
      """;

  private final Connections connections;

  Expiries(Connections connections) {
    this.connections = connections;
  }

  /** With those of the members of these entries, since the first lot expired that they brought. */
  Future<List<Entry>> addTo(List<Entry> entries, Needed needed) {
    Instant now = Instant.now();
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
    if (needed instanceof Needed.OfOrder order && order.memberId() != null) {
      members.add(order.memberId());
    }
    return connections
        .read(
            SINCE,
            Tuple.of(
                entries.get(0).member().programId(),
                members.toArray(String[]::new),
                Times.toSql(first.get()),
                Limits.ENTRIES_OF_ORDER_MAX))
        .map(EntryRows::entries)
        .map(expiries -> union(entries, expiries));
  }

  /** Each of them once. */
  static List<Entry> union(List<Entry> some, List<Entry> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }
}
