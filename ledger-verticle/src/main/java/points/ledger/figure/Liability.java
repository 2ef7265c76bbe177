package points.ledger.figure;

import io.vertx.sqlclient.Row;

/**
 * The points of all members of a program in one account at an instant.
 *
 * <p>Lots that have expired by then are left out, though nobody has touched their members since. So
 * are those that are set aside and have both ended and expired. Points whose hold or waiting time
 * has ended count as held or pending until the ledger writes down that they are available; the sum
 * is the same.
 */
public record Liability(String account, long available, long held, long pending, long debt) {

  static Liability of(Row row) {
    return new Liability(
        row.getString("account"),
        row.getLong("available"),
        row.getLong("held"),
        row.getLong("pending"),
        row.getLong("debt"));
  }

  /** Returns what the program owes its members. */
  public long outstanding() {
    return available + held + pending - debt;
  }
}
