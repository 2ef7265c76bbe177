package points.load.replay.check;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import points.load.model.Entry.Line;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/**
 * How much of a receipt has come back, and how many points are to be taken back for it. With {@code
 * a} the amount of a line, {@code p} its points and {@code n} what came back of it by its name,
 * with {@code P}, {@code A} and {@code N} their sums and {@code M} the money that came back without
 * a name, that is {@code floor(Y + (P - Y) × M / (A - N))} where {@code Y} is the sum of {@code p ×
 * n / a}; and {@code P} when all came back. It does not depend on the order of the parts.
 */
public final class RefundedPoints {
  private final long[] amounts;
  private final long[] points;
  private final long[] named;
  private long unnamed;

  /**
   * Nothing has come back yet.
   *
   * @param shares the points of each line
   */
  public RefundedPoints(Receipt receipt, List<Line> shares) {
    this.amounts = receipt.lines().stream().mapToLong(Receipt.Line::amount).toArray();
    this.points = shares.stream().mapToLong(Line::points).toArray();
    this.named = new long[amounts.length];
  }

  /** The points that one more refund takes back. */
  public long add(Refund.What what) {
    long before = takenBack();
    if (what instanceof Refund.Whole) {
      unnamed = Arrays.stream(amounts).sum() - Arrays.stream(named).sum();
    } else if (what instanceof Refund.OfAmount some) {
      unnamed += some.amount();
    } else if (what instanceof Refund.OfLines some) {
      some.amounts().forEach((place, amount) -> named[place] += amount);
    }
    return takenBack() - before;
  }

  /** All that was taken back so far. */
  public long takenBack() {
    long all = Arrays.stream(points).sum();
    long rest = Arrays.stream(amounts).sum() - Arrays.stream(named).sum();
    if (unnamed >= rest) {
      return all;
    }
    BigInteger over = BigInteger.ONE;
    BigInteger sum = BigInteger.ZERO; // of p × n / a, in parts of over
    for (int i = 0; i < amounts.length; i++) {
      if (named[i] > 0) {
        BigInteger amount = BigInteger.valueOf(amounts[i]);
        BigInteger claim = BigInteger.valueOf(points[i]).multiply(BigInteger.valueOf(named[i]));
        sum = sum.multiply(amount).add(claim.multiply(over));
        over = over.multiply(amount);
      }
    }
    BigInteger others = BigInteger.valueOf(all).multiply(over).subtract(sum);
    BigInteger ofRest = BigInteger.valueOf(rest);
    return sum.multiply(ofRest)
        .add(others.multiply(BigInteger.valueOf(unnamed)))
        .divide(over.multiply(ofRest))
        .longValueExact();
  }
}
