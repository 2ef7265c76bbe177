package points.ledger.order;

import java.util.List;
import java.util.stream.LongStream;
import points.ledger.rules.Fraction;

/**
 * A line that was sold; the one line of a sale without lines has an empty id.
 *
 * @param amount minor units
 * @param points of the first point currency that it earned
 */
public record SoldLine(String lineId, long amount, long points) {

  /**
   * Returns the weights by which points taken back are shared over lines that come back.
   *
   * <p>A line's weight is the points that it earned, as far as it comes back.
   *
   * @param amounts how much of each comes back
   */
  public static long[] claims(List<SoldLine> some, long[] amounts) {
    long most = some.stream().mapToLong(SoldLine::points).max().orElse(0);
    long scale = most == 0 ? 0 : Math.min(1_000_000, Long.MAX_VALUE / some.size() / most);
    long[] claims = new long[amounts.length];
    for (int i = 0; i < claims.length; i++) {
      SoldLine line = some.get(i);
      claims[i] =
          line.amount() == 0
              ? line.points() * scale
              : Fraction.of(amounts[i], line.amount()).times(line.points() * scale).floor();
    }
    return LongStream.of(claims).sum() == 0 ? amounts : claims;
  }
}
