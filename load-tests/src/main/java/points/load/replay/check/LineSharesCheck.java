package points.load.replay.check;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import points.load.model.Entry.Line;
import points.load.replay.program.EarningRule;
import points.load.replay.receipt.Receipt;

/**
 * Checks that the lines of an order have their amounts, and share its points by largest remainder.
 *
 * <p>A line has a claim to the exact points that its amount earns; with full steps, to its part of
 * the points of the order by its amount. It gets the whole points of its claim, or one more. The
 * shares add up to the points of the order, and no line got the one more while a line with a larger
 * fraction did not. Between equal fractions the gateway chooses.
 */
public final class LineSharesCheck {
  private LineSharesCheck() {}

  /** Returns the fault of the shares in one line; empty when there is none. */
  static Optional<String> wrong(Receipt receipt, EarningRule earning, List<Line> shares) {
    long points = earning.pointsFor(receipt.amount());
    List<Receipt.Line> lines = receipt.lines();
    if (shares.size() != lines.size()) {
      return Optional.of(shares.size() + " lines instead of " + lines.size());
    }
    long sum = 0;
    BigInteger largestLeft = BigInteger.ZERO;
    BigInteger smallestTaken = BigInteger.valueOf(Long.MAX_VALUE);
    for (int i = 0; i < lines.size(); i++) {
      Line share = shares.get(i);
      if (!share.lineId().equals(Receipt.lineId(i))) {
        return Optional.of(
            "line " + share.lineId() + " where line " + Receipt.lineId(i) + " belongs");
      }
      long amount = lines.get(i).amount();
      if (share.amount() != amount) {
        return Optional.of(
            "line %s has the amount %d instead of %d"
                .formatted(share.lineId(), share.amount(), amount));
      }
      Claim claim = Claim.of(earning, amount, receipt.amount());
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

  /** A line's share before rounding: the whole points, and the rest in parts of one amount. */
  private record Claim(long whole, BigInteger rest) {
    static Claim of(EarningRule earning, long lineAmount, long orderAmount) {
      if (orderAmount == 0) {
        return new Claim(0, BigInteger.ZERO);
      }
      long times = earning.fullSteps() ? earning.pointsFor(orderAmount) : earning.points();
      BigInteger[] parts =
          BigInteger.valueOf(times)
              .multiply(BigInteger.valueOf(lineAmount))
              .divideAndRemainder(
                  BigInteger.valueOf(earning.fullSteps() ? orderAmount : earning.perAmount()));
      return new Claim(parts[0].longValueExact(), parts[1]);
    }
  }
}
