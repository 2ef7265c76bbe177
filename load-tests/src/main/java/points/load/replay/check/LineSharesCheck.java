package points.load.replay.check;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import points.load.model.Entry.Line;
import points.load.replay.receipt.Receipt;

/**
 * Checks that the points of an order are shared over its lines by largest remainder. With {@code P}
 * the points and {@code A} the amount of the order, a line of amount {@code a} has a claim to
 * {@code P·a/A} points: it gets its whole points, or one more; the shares add up to {@code P}; and
 * no line got the one more while a line with a larger fraction did not. Between equal fractions the
 * gateway chooses.
 */
public final class LineSharesCheck {
  private LineSharesCheck() {}

  /** Returns the fault of the shares in one line; empty when there is none. */
  static Optional<String> wrong(Receipt receipt, long points, List<Line> shares) {
    List<Receipt.Line> lines = receipt.lines();
    if (shares.size() != lines.size()) {
      return Optional.of(shares.size() + " lines instead of " + lines.size());
    }
    long sum = 0;
    BigInteger largestLeft = BigInteger.ZERO;
    BigInteger smallestTaken = BigInteger.valueOf(receipt.amount());
    for (int i = 0; i < lines.size(); i++) {
      Line share = shares.get(i);
      if (!share.lineId().equals(Receipt.lineId(i))) {
        return Optional.of(
            "line " + share.lineId() + " where line " + Receipt.lineId(i) + " belongs");
      }
      Claim claim = Claim.of(points, lines.get(i).amount(), receipt.amount());
      long extra = share.points() - claim.whole();
      if (extra < 0 || extra > 1 || (extra == 1 && claim.rest().signum() == 0)) {
        return Optional.of(
            "line %s has %d points, its whole share is %d"
                .formatted(share.lineId(), share.points(), claim.whole()));
      }
      sum += share.points();
      largestLeft = extra == 0 ? largestLeft.max(claim.rest()) : largestLeft;
      smallestTaken = extra == 1 ? smallestTaken.min(claim.rest()) : smallestTaken;
    }
    if (sum != points) {
      return Optional.of("its lines have " + sum + " points, not " + points);
    }
    return largestLeft.compareTo(smallestTaken) > 0
        ? Optional.of("a line with a smaller remainder was rounded up before a larger one")
        : Optional.empty();
  }

  /**
   * A line's share before rounding: the whole points, and the rest in parts of the order's amount.
   */
  private record Claim(long whole, BigInteger rest) {
    static Claim of(long points, long lineAmount, long orderAmount) {
      if (orderAmount == 0) {
        return new Claim(0, BigInteger.ZERO);
      }
      BigInteger[] parts =
          BigInteger.valueOf(points)
              .multiply(BigInteger.valueOf(lineAmount))
              .divideAndRemainder(BigInteger.valueOf(orderAmount));
      return new Claim(parts[0].longValueExact(), parts[1]);
    }
  }
}
