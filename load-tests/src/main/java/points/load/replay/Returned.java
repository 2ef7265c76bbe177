package points.load.replay;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import points.load.account.Entry.LinePoints;

/**
 * How much of a receipt has come back, and how many points are to be taken back for it: of each
 * line {@code floor(its points × what came back / its amount)}, all of them when all came back. So
 * parts take as much as the whole would, in whatever order they come.
 */
final class Returned {
  private final long[] amounts;
  private final long[] points;
  private final long[] back;
  private boolean whole;

  /**
   * @param shares the points of each line
   */
  Returned(Receipt receipt, List<LinePoints> shares) {
    this.amounts = receipt.lines().stream().mapToLong(Receipt.Line::amount).toArray();
    this.points = shares.stream().mapToLong(LinePoints::points).toArray();
    this.back = new long[amounts.length];
  }

  /** The points that one more refund takes back. */
  long add(Refund.What what) {
    long before = takenBack();
    if (what instanceof Refund.Whole) {
      System.arraycopy(amounts, 0, back, 0, back.length);
      whole = true;
    } else if (what instanceof Refund.OfAmount some) {
      long[] left = new long[back.length];
      Arrays.setAll(left, i -> amounts[i] - back[i]);
      long[] shares = LineShares.of(some.amount(), left);
      Arrays.setAll(back, i -> back[i] + shares[i]);
    } else if (what instanceof Refund.OfLines some) {
      some.amounts().forEach((place, amount) -> back[place] += amount);
    }
    return takenBack() - before;
  }

  /** All that was taken back so far. */
  long takenBack() {
    long sum = 0;
    for (int i = 0; i < amounts.length; i++) {
      sum += takenBack(i);
    }
    return sum;
  }

  private long takenBack(int line) {
    if (amounts[line] == 0) {
      return whole ? points[line] : 0;
    }
    return BigInteger.valueOf(points[line])
        .multiply(BigInteger.valueOf(back[line]))
        .divide(BigInteger.valueOf(amounts[line]))
        .longValueExact();
  }
}
