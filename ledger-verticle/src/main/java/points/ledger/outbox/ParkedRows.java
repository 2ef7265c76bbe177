package points.ledger.outbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.OrderCommand.RefundedLine;
import points.ledger.domain.Origin;
import points.ledger.store.Connections;

/** The table of parked refunds. */
final class ParkedRows {

  /** Alone with the order and refund id, and not when the sale is there. */
  private static final String PARK =
      "SELECT * FROM park_refund($1, $2, $3, $4, $5, $6, $7, $8, $9)";

  /** After whoever parks the same one has done so. */
  private static final String FIND = "SELECT * FROM find_parked_refunds($1, $2, $3, $4, $5)";

  private static final String PAGE =
      """
      SELECT * FROM parked_refund
       WHERE program_id = $1 AND number > $2 AND transaction_id IS NULL
       ORDER BY number LIMIT $3
      """;

  /**
   * Looked at again after a twentieth of the time that it has waited, half a second to ten, so that
   * those whose sale never comes cost little. A claim is no more than that: whoever claims the same
   * meanwhile does what was done already.
   */
  private static final String CLAIM =
      """
      WITH due AS MATERIALIZED (
        SELECT program_id, store_id, order_id, refund_id FROM parked_refund
         WHERE settled_at IS NULL AND due_at <= now()
         ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
      ), looked AS (
        UPDATE parked_refund p
           SET due_at = now() + greatest(interval '400 milliseconds',
                                         least(interval '10 seconds', (now() - p.parked_at) / 20))
          FROM due d
         WHERE p.program_id = d.program_id AND p.store_id = d.store_id
           AND p.order_id = d.order_id AND p.refund_id = d.refund_id
        RETURNING p.*
      )
      SELECT looked.*,
             EXISTS (SELECT FROM entry e
                      WHERE e.program_id = looked.program_id AND e.store_id = looked.store_id
                        AND e.order_id = looked.order_id
                        AND e.kind IN ('ACCRUAL', 'TOP_UP', 'DEDUCTION', 'PAYMENT', 'CAPTURE')
                    ) AS is_sold
        FROM looked
      """;

  private static final String SETTLE =
      """
      UPDATE parked_refund
         SET settled_at = now(), transaction_id = $5, refusal = $6
       WHERE program_id = $1 AND store_id = $2 AND order_id = $3 AND refund_id = $4
         AND settled_at IS NULL
      """;

  private static final String WAITING =
      "SELECT count(*) AS waiting FROM parked_refund WHERE settled_at IS NULL";

  /**
   * What was claimed.
   *
   * @param claimed how many were looked at
   * @param sold those whose sale is there
   */
  record Claimed(int claimed, List<WantedRefund> sold) {}

  /** A row, and the content that its key stands for. */
  record Found(ParkedRefund refund, UUID fingerprint) {}

  private final Connections connections;

  ParkedRows(Pool pool) {
    this.connections = new Connections(pool);
  }

  /** None when there is one of the same key, or of the same order and refund id, or the sale. */
  Future<List<Found>> park(WantedRefund wanted) {
    Tuple row =
        Tuple.of(wanted.programId(), wanted.storeId(), wanted.orderId(), wanted.refundId())
            .addString(wanted.origin().terminalId())
            .addLong(wanted.amount())
            .addValue(wanted.lines().isEmpty() ? null : json(wanted.lines()))
            .addString(wanted.key())
            .addUUID(wanted.fingerprint());
    return connections.write(PARK, row).map(ParkedRows::found);
  }

  /**
   * That of the same key, and that of the same order and refund id. If there is none after the sale
   * was seen, there will be none.
   */
  Future<List<Found>> find(WantedRefund wanted) {
    return connections
        .read(
            FIND,
            Tuple.of(
                wanted.programId(),
                wanted.key(),
                wanted.storeId(),
                wanted.orderId(),
                wanted.refundId()))
        .map(ParkedRows::found);
  }

  /** Those of a program that were not applied, in the order in which they were parked. */
  Future<List<ParkedRefund>> page(String programId, long after, int limit) {
    return connections
        .read(PAGE, Tuple.of(programId, after, limit))
        .map(rows -> found(rows).stream().map(Found::refund).toList());
  }

  Future<Claimed> claim(int limit) {
    return connections
        .write(CLAIM, Tuple.of(limit))
        .map(
            rows -> {
              var sold = new ArrayList<WantedRefund>();
              for (Row row : rows) {
                if (row.getBoolean("is_sold")) {
                  sold.add(wanted(row));
                }
              }
              return new Claimed(rows.size(), sold);
            });
  }

  Future<Void> settle(
      WantedRefund wanted, @Nullable String transactionId, @Nullable String refusal) {
    return connections
        .write(
            SETTLE,
            Tuple.of(wanted.programId(), wanted.storeId(), wanted.orderId(), wanted.refundId())
                .addString(transactionId)
                .addString(refusal))
        .mapEmpty();
  }

  Future<Long> waiting() {
    return connections
        .read(WAITING, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("waiting"));
  }

  private static List<Found> found(RowSet<Row> rows) {
    var found = new ArrayList<Found>(rows.size());
    for (Row row : rows) {
      OffsetDateTime settledAt = row.getOffsetDateTime("settled_at");
      var refund =
          new ParkedRefund(
              wanted(row),
              row.getLong("number"),
              row.getOffsetDateTime("parked_at").toInstant(),
              settledAt == null ? null : settledAt.toInstant(),
              row.getString("refusal"));
      found.add(new Found(refund, row.getUUID("fingerprint")));
    }
    return found;
  }

  private static WantedRefund wanted(Row row) {
    return new WantedRefund(
        row.getString("program_id"),
        row.getString("idempotency_key"),
        Origin.sale(
            row.getString("store_id"), row.getString("terminal_id"), row.getString("order_id")),
        row.getString("refund_id"),
        lines((JsonArray) row.getValue("lines")),
        row.getLong("amount"));
  }

  private static JsonArray json(List<RefundedLine> lines) {
    var array = new JsonArray();
    for (RefundedLine line : lines) {
      array.add(new JsonObject().put("lineId", line.lineId()).put("amount", line.amount()));
    }
    return array;
  }

  private static List<RefundedLine> lines(@Nullable JsonArray array) {
    return array == null
        ? List.of()
        : array.stream()
            .map(it -> (JsonObject) it)
            .map(it -> new RefundedLine(it.getString("lineId"), it.getLong("amount")))
            .toList();
  }
}
