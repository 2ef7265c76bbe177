package points.ledger.refund;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;

/** The table of parked refunds, as those see it who apply them. */
final class PgWaitingRefundTable implements WaitingRefundTable {

  /**
   * Selects waiting refunds that are due, and sets the time at which they are due again.
   *
   * <p>That time is a twentieth of the time that they have waited, at least half a second and at
   * most ten seconds. So refunds whose sale never comes cost little. Two nodes may claim the same
   * refund: the second then finds that the work is done.
   */
  private static final String CLAIM =
      """
      WITH due AS MATERIALIZED (
        SELECT program_id, store_id, order_id, refund_id FROM parked_refund
         WHERE settled_at IS NULL AND due_at <= now()
         ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
      )
      UPDATE parked_refund p
         SET due_at = now() + greatest(interval '400 milliseconds',
                                       least(interval '10 seconds', (now() - p.parked_at) / 20))
        FROM due d
       WHERE p.program_id = d.program_id AND p.store_id = d.store_id
         AND p.order_id = d.order_id AND p.refund_id = d.refund_id
      RETURNING p.*, has_sale(p) AS is_sold
      """;

  /**
   * Claims the first refund of an order whose sale is there.
   *
   * <p>From now on the ledger decides what becomes of it. Nobody can withdraw it any more, and the
   * refunds behind it wait for its end.
   */
  private static final String TAKE =
      """
      UPDATE parked_refund p
         SET applying_at = coalesce(p.applying_at, now())
       WHERE p.program_id = $1
         AND p.settled_at IS NULL
         AND p.number = (
           SELECT w.number FROM parked_refund w
            WHERE w.program_id = $1 AND w.store_id = $2 AND w.order_id = $3
              AND w.settled_at IS NULL AND (w.applying_at IS NOT NULL OR has_sale(w))
            ORDER BY w.number LIMIT 1 FOR UPDATE)
      RETURNING p.*
      """;

  private static final String MARK_ENDED =
      """
      UPDATE parked_refund
         SET settled_at = coalesce(settled_at, now()), transaction_id = $5, refusal = $6
       WHERE program_id = $1 AND store_id = $2 AND order_id = $3 AND refund_id = $4
         AND num_nonnulls(transaction_id, refusal) = 0 AND ended IS DISTINCT FROM 'WITHDRAWN'
      RETURNING number
      """;

  /** The review has all that its till sent, and the key of the entry that it may come to. */
  private static final String LAPSE =
      """
      WITH old AS MATERIALIZED (
        SELECT * FROM parked_refund
         WHERE settled_at IS NULL AND applying_at IS NULL AND parked_at < $2
         ORDER BY parked_at LIMIT $1 FOR UPDATE SKIP LOCKED
      ), filed AS (
        INSERT INTO review (program_id, idempotency_key, fingerprint, type, kind, member_id,
                            store_id, order_id, part, content, occurred_at, received_at)
        SELECT program_id, 'refund of ' || store_id || ' ' || order_id || ' ' || refund_id,
               fingerprint, 'refund', 'REFUND', member_id, store_id, order_id, refund_id,
               json_strip_nulls(json_build_object(
                 'storeId', store_id, 'terminalId', terminal_id, 'orderId', order_id,
                 'refundId', refund_id, 'refundStoreId', refund_store_id, 'memberId', member_id,
                 'sale', CASE WHEN sold_at IS NOT NULL THEN json_build_object(
                           'soldAt', to_char(sold_at AT TIME ZONE 'UTC', $3),
                           'amount', sold_amount) END,
                 'occurredAt', to_char(occurred_at AT TIME ZONE 'UTC', $3),
                 'amount', amount, 'lines', lines)),
               occurred_at, date_trunc('milliseconds', parked_at)
          FROM old
        ON CONFLICT DO NOTHING
        RETURNING *
      )
      UPDATE parked_refund p
         SET settled_at = now(), ended = 'LAPSED', review_id = f.review_id
        FROM filed f
       WHERE p.program_id = f.program_id AND p.store_id = f.store_id
         AND p.order_id = f.order_id AND p.refund_id = f.part
      RETURNING p.number
      """;

  private static final String RFC_3339 = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";

  private static final String WAITING =
      """
      SELECT count(*) AS waiting,
             coalesce(extract(epoch FROM now() - min(parked_at)), 0)::float8 AS oldest
        FROM parked_refund WHERE settled_at IS NULL
      """;

  private final PgClient connections;
  private final InstantSource time;

  PgWaitingRefundTable(Pool pool, InstantSource time) {
    this.time = time;
    this.connections = new PgClient(pool);
  }

  @Override
  public Future<Claimed> claim(int limit) {
    return connections
        .write(CLAIM, Tuple.of(limit))
        .map(
            rows -> {
              var sold = new ArrayList<RefundRequest>();
              for (Row row : rows) {
                if (row.getBoolean("is_sold")) {
                  sold.add(PgParkedRefundTable.refund(row).wanted());
                }
              }
              return new Claimed(rows.size(), sold);
            });
  }

  @Override
  public Future<Optional<RefundRequest>> take(RefundRequest ofOrder) {
    return connections
        .write(TAKE, Tuple.of(ofOrder.programId(), ofOrder.storeId(), ofOrder.orderId()))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(PgParkedRefundTable.refund(rows.iterator().next()).wanted()));
  }

  @Override
  public Future<Boolean> markEnded(
      RefundRequest wanted, @Nullable String transactionId, @Nullable String refusal) {
    return connections
        .write(
            MARK_ENDED,
            PgParkedRefundTable.name(wanted).addString(transactionId).addString(refusal))
        .map(ended -> ended.size() > 0);
  }

  @Override
  public Future<Integer> lapse(int limit) {
    OffsetDateTime parkedBefore =
        time.instant().minus(ParkedRefund.WAIT_MAX).atOffset(ZoneOffset.UTC);
    return connections.write(LAPSE, Tuple.of(limit, parkedBefore, RFC_3339)).map(RowSet::size);
  }

  @Override
  public Future<Waiting> waiting() {
    return connections
        .read(WAITING, Tuple.tuple())
        .map(rows -> rows.iterator().next())
        .map(row -> new Waiting(row.getLong("waiting"), row.getDouble("oldest")));
  }
}
