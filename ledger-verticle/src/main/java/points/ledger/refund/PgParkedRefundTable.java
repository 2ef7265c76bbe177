package points.ledger.refund;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.database.PgClient;
import points.ledger.model.Origin;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.registry.SetupRequests;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** The table of parked refunds, as their callers see it. */
final class PgParkedRefundTable implements ParkedRefundTable {

  /** Alone with the order and refund id, and not when the sale is there. */
  private static final String PARK =
      """
      SELECT * FROM park_refund($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                                $15, $16, $17, $18, $19)
      """;

  /** Waits for a node that is parking the same refund. */
  private static final String FIND = "SELECT * FROM find_parked_refunds($1, $2, $3, $4, $5)";

  private static final String ONE =
      """
      SELECT * FROM parked_refund
       WHERE program_id = $1 AND store_id = $2 AND order_id = $3 AND refund_id = $4
      """;

  private static final String PAGE =
      """
      SELECT * FROM parked_refund
       WHERE program_id = $1 AND number > $2 AND transaction_id IS NULL
         AND ($4::text IS NULL
              OR $4 = CASE WHEN refusal IS NOT NULL THEN 'REFUSED'
                           WHEN ended IS NOT NULL THEN ended
                           WHEN applying_at IS NOT NULL THEN 'APPLYING' ELSE 'PARKED' END)
       ORDER BY number LIMIT $3
      """;

  private static final String WITHDRAW =
      """
      UPDATE parked_refund
         SET settled_at = now(), ended = 'WITHDRAWN', withdrawal_key = $5
       WHERE program_id = $1 AND store_id = $2 AND order_id = $3 AND refund_id = $4
         AND settled_at IS NULL AND applying_at IS NULL
      RETURNING *
      """;

  /**
   * The sales are those of the statement's own snapshot. The function takes its snapshot later,
   * under the lock of the refund, and so sees what was parked until then.
   */
  private static final String LOOK_UP =
      """
      SELECT o.is_parked, o.has_due, e.*
        FROM (SELECT
          EXISTS (SELECT FROM find_parked_refunds($1, $4, $2, $3, $5)) AS is_parked,
          EXISTS (SELECT FROM parked_refund w
                   WHERE w.program_id = $1 AND w.store_id = $2 AND w.order_id = $3
                     AND w.settled_at IS NULL
                     AND (w.applying_at IS NOT NULL OR has_sale(w))) AS has_due) o
        LEFT JOIN (
          SELECT e.member_id, e.sequence, e.kind, e.part,
                 EXISTS (SELECT FROM entry r
                          WHERE r.program_id = e.program_id AND r.kind = 'REVERSAL'
                            AND reversed_id(r.member_id, r.refers_to, r.part)
                              = e.member_id || '-' || e.sequence) AS is_reversed,
                 CASE WHEN $6 AND e.kind <> 'MOVE_OUT'
                      THEN refund_misfit(e, $7, $8, $9, $10) END AS misfit
            FROM entry e
           WHERE e.program_id = $1 AND e.store_id = $2 AND e.order_id = $3
             AND e.kind IN ('ACCRUAL', 'TOP_UP', 'DEDUCTION', 'PAYMENT', 'CAPTURE', 'MOVE_IN',
                            'MOVE_RETURN', 'MOVE_OUT')
           ORDER BY e.recorded_at, e.kind, e.part LIMIT $11) e ON true
      """;

  private static final int SALES_MAX = 200;

  private final PgClient connections;

  PgParkedRefundTable(Pool pool) {
    this.connections = new PgClient(pool);
  }

  @Override
  public Future<List<Found>> park(RefundRequest wanted) {
    SaleFacts sale = wanted.sale();
    Tuple row =
        name(wanted)
            .addString(wanted.origin().terminalId())
            .addLong(wanted.amount())
            .addValue(wanted.lines().isEmpty() ? null : json(wanted.lines()))
            .addString(wanted.key())
            .addUUID(wanted.fingerprint())
            .addString(sale.memberId())
            .addValue(time(sale.soldAt()))
            .addLong(sale.amount())
            .addString(wanted.refundStoreId())
            .addValue(time(sale.refundedAt()));
    SenderColumns.add(row, wanted.origin());
    return connections.write(PARK, row).map(PgParkedRefundTable::found);
  }

  @Override
  public Future<List<Found>> find(RefundRequest wanted) {
    return connections
        .read(
            FIND,
            Tuple.of(
                wanted.programId(),
                wanted.key(),
                wanted.storeId(),
                wanted.orderId(),
                wanted.refundId()))
        .map(PgParkedRefundTable::found);
  }

  @Override
  public Future<Optional<ParkedRefund>> one(RefundRequest wanted) {
    return connections.read(ONE, name(wanted)).map(PgParkedRefundTable::first);
  }

  @Override
  public Future<OrderSnapshot> lookUp(RefundRequest wanted) {
    SaleFacts sale = wanted.sale();
    Tuple arguments =
        Tuple.of(wanted.programId(), wanted.storeId(), wanted.orderId())
            .addString(wanted.key())
            .addString(wanted.refundId())
            .addBoolean(!sale.areNone())
            .addString(sale.memberId())
            .addValue(time(sale.soldAt()))
            .addLong(sale.amount())
            .addValue(time(sale.refundedAt()))
            .addInteger(SALES_MAX);
    return connections
        .read(LOOK_UP, arguments)
        .map(rows -> OrderSnapshotRows.snapshot(wanted.programId(), rows));
  }

  @Override
  public Future<List<ParkedRefund>> page(
      String programId, @Nullable Status status, long after, int limit) {
    return connections
        .read(
            PAGE,
            Tuple.of(programId, after, limit).addString(status == null ? null : status.name()))
        .map(rows -> found(rows).stream().map(Found::refund).toList());
  }

  @Override
  public Future<Optional<ParkedRefund>> withdraw(RefundRequest named, TrailChange trail) {
    return connections
        .inTransaction(
            transaction ->
                write(WITHDRAW, transaction, name(named).addString(named.key()))
                    .compose(
                        withdrawn ->
                            withdrawn.isPresent()
                                ? AuditTrail.append(transaction, trail).map(withdrawn)
                                : Future.succeededFuture(withdrawn)))
        .recover(cause -> Future.failedFuture(isTaken(cause) ? SetupRequests.reused() : cause));
  }

  private static Future<Optional<ParkedRefund>> write(
      String sql, SqlClient transaction, Tuple arguments) {
    return transaction.preparedQuery(sql).execute(arguments).map(PgParkedRefundTable::first);
  }

  private static boolean isTaken(Throwable cause) {
    return cause instanceof PgException error
        && "parked_refund_withdrawal".equals(error.getConstraint());
  }

  static Tuple name(RefundRequest wanted) {
    return Tuple.of(wanted.programId(), wanted.storeId(), wanted.orderId(), wanted.refundId());
  }

  private static Optional<ParkedRefund> first(RowSet<Row> rows) {
    return found(rows).stream().map(Found::refund).findFirst();
  }

  private static List<Found> found(RowSet<Row> rows) {
    var found = new ArrayList<Found>(rows.size());
    for (Row row : rows) {
      found.add(new Found(refund(row), row.getUUID("fingerprint")));
    }
    return found;
  }

  static ParkedRefund refund(Row row) {
    return new ParkedRefund(
        request(row),
        row.getLong("number"),
        status(row),
        row.getOffsetDateTime("parked_at").toInstant(),
        instant(row, "settled_at"),
        row.getString("transaction_id"),
        row.getString("refusal"),
        row.getLong("review_id"));
  }

  private static Status status(Row row) {
    if (row.getString("transaction_id") != null) {
      return Status.APPLIED;
    } else if (row.getString("refusal") != null) {
      return Status.REFUSED;
    } else if (row.getString("ended") != null) {
      return Status.valueOf(row.getString("ended"));
    }
    return row.getValue("applying_at") == null ? Status.PARKED : Status.APPLYING;
  }

  private static RefundRequest request(Row row) {
    return new RefundRequest(
        row.getString("program_id"),
        row.getString("idempotency_key"),
        SenderColumns.read(
            row,
            Origin.sale(
                row.getString("store_id"),
                row.getString("terminal_id"),
                row.getString("order_id"))),
        row.getString("refund_id"),
        lines((JsonArray) row.getValue("lines")),
        row.getLong("amount"),
        null,
        null,
        row.getString("refund_store_id"),
        new SaleFacts(
            row.getString("member_id"),
            instant(row, "sold_at"),
            row.getLong("sold_amount"),
            instant(row, "occurred_at")));
  }

  private static @Nullable Instant instant(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
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
