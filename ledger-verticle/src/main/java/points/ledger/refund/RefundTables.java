package points.ledger.refund;

import java.time.InstantSource;
import points.ledger.database.Pools;
import points.ledger.outbox.OutboxTable;
import points.ledger.outbox.PgOutboxTable;

/** The tables of parked refunds, and of points on their way between members. */
public record RefundTables(
    ParkedRefundTable parked, WaitingRefundTable waiting, OutboxTable outbox) {

  /**
   * Returns the tables in PostgreSQL.
   *
   * @param time says which refunds have waited too long
   */
  public static RefundTables of(Pools pools, InstantSource time) {
    return new RefundTables(
        new PgParkedRefundTable(pools.reading()),
        new PgWaitingRefundTable(pools.jobs(), time),
        new PgOutboxTable(pools.reading()));
  }
}
