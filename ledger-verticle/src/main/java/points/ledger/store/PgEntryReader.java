package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.commit.CommittedEntries.MemberHistory;
import points.ledger.commit.OrderEntries;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Reads entries back, as they were written. */
public final class PgEntryReader implements OrderEntries {

  private static final String PAGE =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND member_id = $2 AND sequence < $3
       ORDER BY sequence DESC LIMIT $4
      """;

  private static final String FROM_OLDEST =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND member_id = $2 AND sequence > $3 AND sequence <= $4
       ORDER BY sequence LIMIT $5
      """;

  private static final String ONE =
      "SELECT * FROM entry WHERE program_id = $1 AND member_id = $2 AND sequence = $3";

  private static final String LISTED =
      """
      SELECT e.* FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS l (member_id, sequence, n)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = $1 AND e.member_id = l.member_id AND e.sequence = l.sequence
          LIMIT 1) e
       ORDER BY l.n
      """;

  private static final String OF_ORDER =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND store_id = $2 AND order_id = $3
       ORDER BY recorded_at, kind, part LIMIT $4
      """;

  private static final String OF_REQUESTS =
      """
      SELECT e.* FROM unnest($1::text[], $2::text[]) AS r (program_id, idempotency_key)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = r.program_id AND e.idempotency_key = r.idempotency_key
          LIMIT 1) e
      UNION ALL
      SELECT e.* FROM unnest($1::text[], $2::text[]) AS r (program_id, idempotency_key)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = r.program_id
            AND e.idempotency_key = split_part(r.idempotency_key, ' ', 2)
            AND e.recorded_at < (SELECT shared_until FROM key_space)
          LIMIT 1) e
       WHERE starts_with(r.idempotency_key, '@')
      """;

  private static final String OF_ORDERS =
      """
      SELECT e.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                   AS o (program_id, store_id, order_id, kind, part)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = o.program_id AND e.store_id = o.store_id
            AND e.order_id = o.order_id AND e.kind = o.kind AND e.part = o.part
          LIMIT 1) e
      """;

  private static final String CLAIMS =
      """
      SELECT * FROM entry
       WHERE program_id = $1 AND kind = 'ACCRUAL' AND (extra #>> '{detail,claim}') IS NOT NULL
         AND ($2::text IS NULL OR store_id = $2)
         AND ($3::timestamptz IS NULL OR (recorded_at, member_id, sequence) > ($3, $4, $5))
       ORDER BY recorded_at, member_id, sequence LIMIT $6
      """;

  /** The least that is a transaction of its own in the log, so that its commit is waited for. */
  private static final String CATCH_UP = "SELECT pg_logical_emit_message(true, 'points', '')";

  /** Greatest number of an order's entries that a look at it shows. */
  public static final int OF_ORDER_SHOWN = 200;

  /**
   * An order for a caller to look at.
   *
   * @param entries oldest first, at most {@link #OF_ORDER_SHOWN}
   */
  public record OrderView(List<Entry> entries, EntryHistory history) {}

  private final PgClient connections;
  private final HistoryReader histories;

  /** Makes a reader that says by this clock which lots have expired. */
  public PgEntryReader(Pool pool, InstantSource time) {
    this.connections = new PgClient(pool);
    this.histories = new HistoryReader(connections, time);
  }

  /**
   * A member's entries, newest first.
   *
   * @param before only those with a lower sequence
   * @param limit at most so many
   */
  public Future<List<Entry>> page(MemberKey member, long before, int limit) {
    return query(PAGE, Tuple.of(member.programId(), member.memberId(), before, limit));
  }

  /**
   * A member's entries, oldest first.
   *
   * @param after only those with a higher sequence
   * @param upTo and none with a higher one than this
   * @param limit at most so many
   */
  public Future<List<Entry>> pageFrom(MemberKey member, long after, long upTo, int limit) {
    return query(FROM_OLDEST, Tuple.of(member.programId(), member.memberId(), after, upTo, limit));
  }

  @Override
  public Future<Optional<Entry>> find(MemberKey member, long sequence) {
    return query(ONE, Tuple.of(member.programId(), member.memberId(), sequence))
        .compose(this::whenReplicated)
        .map(found -> found.stream().findFirst());
  }

  /**
   * Entries of one program by member and sequence, in the order in which they are listed.
   *
   * @param sequences of the member at the same place
   */
  public Future<List<Entry>> listed(String programId, String[] members, Long[] sequences) {
    return query(LISTED, Tuple.of(programId, members, sequences));
  }

  /**
   * Orders for which stores claim what they were paid with, oldest first.
   *
   * @param storeId of one store only; null for all
   * @param after the last of the page before; null at the beginning
   * @param limit at most so many
   */
  public Future<List<Entry>> claims(
      String programId, @Nullable String storeId, @Nullable Entry after, int limit) {
    return query(
        CLAIMS,
        Tuple.of(
            programId,
            storeId,
            after == null ? null : PgTimestamps.toSql(after.recordedAt()),
            after == null ? "" : after.member().memberId(),
            after == null ? 0L : after.sequence(),
            limit));
  }

  /** An entry and those that end or undo it; none when there is none of this number. */
  public Future<List<Entry>> around(MemberKey member, long sequence) {
    return histories
        .entriesAround(new HistoryQuery.OfEntry(member, sequence))
        .compose(this::whenReplicated);
  }

  /** The entries of a store's order, with the history that says how each has been undone. */
  public Future<OrderView> ofOrder(HistoryQuery.OfOrder order) {
    return query(
            OF_ORDER, Tuple.of(order.programId(), order.storeId(), order.orderId(), OF_ORDER_SHOWN))
        .compose(this::whenReplicated)
        .compose(entries -> historyOf(order).map(history -> new OrderView(entries, history)));
  }

  /** An entry with those that refer to it and those of its order. */
  public Future<EntryHistory> historyOf(Entry entry) {
    return histories.historyOf(new HistoryQuery.OfEntry(entry.member(), entry.sequence()));
  }

  @Override
  public Future<EntryHistory> historyOf(HistoryQuery.OfOrder order) {
    return histories.historyOf(order);
  }

  @Override
  public Future<List<Entry>> needed(HistoryQuery needed) {
    return histories.needed(needed);
  }

  @Override
  public Future<MemberHistory> needed(MemberKey member, HistoryQuery needed) {
    return histories.needed(member, needed);
  }

  @Override
  public Future<List<Entry>> ofRequests(List<RequestKey> requests) {
    return query(
            OF_REQUESTS,
            Tuple.tuple()
                .addArrayOfString(
                    requests.stream().map(RequestKey::programId).toArray(String[]::new))
                .addArrayOfString(requests.stream().map(RequestKey::key).toArray(String[]::new)))
        .compose(this::whenReplicated);
  }

  @Override
  public Future<List<Entry>> ofOrders(List<OrderKey> orders) {
    return query(
            OF_ORDERS,
            Tuple.of(
                orders.stream().map(OrderKey::programId).toArray(String[]::new),
                orders.stream().map(OrderKey::storeId).toArray(String[]::new),
                orders.stream().map(OrderKey::orderId).toArray(String[]::new),
                orders.stream().map(order -> order.kind().name()).toArray(String[]::new),
                orders.stream().map(OrderKey::part).toArray(String[]::new)))
        .compose(this::whenReplicated);
  }

  /**
   * Returns entries once they are as safe as when they were first answered.
   *
   * <p>Example: a session waits for its standby and is ended. Its entry is committed on one server
   * only, and yet every session sees it. So a repeated answer waits until the standby has the
   * entry, too.
   */
  private Future<List<Entry>> whenReplicated(List<Entry> entries) {
    return entries.isEmpty()
        ? Future.succeededFuture(entries)
        : awaitReplicated().map(done -> entries);
  }

  /** Commits on its own: that waits until the standby has everything from before it. */
  @Override
  public Future<Void> awaitReplicated() {
    return connections.write(CATCH_UP, Tuple.tuple()).mapEmpty();
  }

  Future<List<Entry>> query(String sql, Tuple arguments) {
    return connections.read(sql, arguments).map(EntryRows::entries);
  }
}
