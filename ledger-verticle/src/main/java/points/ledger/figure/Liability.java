package points.ledger.figure;

import io.vertx.sqlclient.Row;
import java.math.BigInteger;

/**
 * The points of all members of a program in one account at an instant. They are exact, however many
 * they are.
 *
 * <p>Lots that have expired by then are left out, though nobody has touched their members since. So
 * are those that are set aside and have both ended and expired. Points whose hold or waiting time
 * has ended count as held or pending until the ledger writes down that they are available; the sum
 * is the same.
 */
public record Liability(
    String account, BigInteger available, BigInteger held, BigInteger pending, BigInteger debt) {

  static Liability of(Row row) {
    return new Liability(
        row.getString("account"),
        Figure.whole(row, "available"),
        Figure.whole(row, "held"),
        Figure.whole(row, "pending"),
        Figure.whole(row, "debt"));
  }

  /** Returns what the program owes its members. */
  public BigInteger outstanding() {
    return available.add(held).add(pending).subtract(debt);
  }
}
