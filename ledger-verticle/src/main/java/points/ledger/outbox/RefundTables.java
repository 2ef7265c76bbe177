package points.ledger.outbox;

import points.ledger.store.Pools;

/** Where parked refunds are kept, and what is on its way between members. */
public record RefundTables(ParkedTable parked, WaitingTable waiting, OutboxTable outbox) {

  /** Those in PostgreSQL. */
  public static RefundTables of(Pools pools) {
    return new RefundTables(
        new ParkedRows(pools.reading()),
        new WaitingRows(pools.jobs()),
        new OutboxRows(pools.reading()));
  }
}
