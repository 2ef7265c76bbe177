package points.ledger.refund;

import points.ledger.database.Pools;
import points.ledger.outbox.OutboxTable;
import points.ledger.outbox.PgOutboxTable;

/** The tables of parked refunds, and of points on their way between members. */
public record RefundTables(
    ParkedRefundTable parked, WaitingRefundTable waiting, OutboxTable outbox) {

  /** Returns the tables in PostgreSQL. */
  public static RefundTables of(Pools pools) {
    return new RefundTables(
        new PgParkedRefundTable(pools.reading()),
        new PgWaitingRefundTable(pools.jobs()),
        new PgOutboxTable(pools.reading()));
  }
}
