package points.ledger.budget;

import java.math.BigInteger;
import points.ledger.rules.Fraction;

/**
 * A budget of money, from which points are reckoned.
 *
 * <p>The handbooks of the field reckon points = cost × points per unit of money × redemption rate,
 * which is cautious: it costs less than planned even if all points are redeemed. A merchant may
 * divide by the rate instead, because only redeemed points cost anything.
 *
 * <p>Example: 100,000.00 at 100 points per 1.00 and a redemption rate of 0.6 are 6,000,000 points,
 * or 16,666,666 expected.
 *
 * @param marketingCost in minor units, 1 or more
 * @param points that are worth {@code amount}, 1 or more
 * @param amount in minor units, 1 or more
 * @param redemptionRate the share of points that members spend, above 0 and at most 1
 * @param basis the way in which the limit is reckoned
 */
public record BudgetCost(
    long marketingCost, long points, long amount, Fraction redemptionRate, Basis basis) {

  /** The way in which points are reckoned from money. */
  public enum Basis {
    /** Times the redemption rate. */
    CAUTIOUS,
    /** Divided by the redemption rate: points that nobody redeems cost nothing. */
    EXPECTED
  }

  /** Returns the points that may be issued, rounded down. */
  public BigInteger pointsBy(Basis by) {
    Fraction rate = redemptionRate.reduced();
    BigInteger cost = BigInteger.valueOf(marketingCost).multiply(BigInteger.valueOf(points));
    BigInteger over = BigInteger.valueOf(amount);
    return by == Basis.CAUTIOUS
        ? cost.multiply(rate.part()).divide(over.multiply(rate.over()))
        : cost.multiply(rate.over()).divide(over.multiply(rate.part()));
  }

  /** Returns what issued points are worth if all are redeemed, in minor units, rounded up. */
  public BigInteger worthOf(long issued) {
    return upTo(
        BigInteger.valueOf(issued).multiply(BigInteger.valueOf(amount)),
        BigInteger.valueOf(points));
  }

  /** Returns what issued points are expected to cost, in minor units, rounded up. */
  public BigInteger expectedCostOf(long issued) {
    Fraction rate = redemptionRate.reduced();
    return upTo(
        BigInteger.valueOf(issued).multiply(BigInteger.valueOf(amount)).multiply(rate.part()),
        BigInteger.valueOf(points).multiply(rate.over()));
  }

  private static BigInteger upTo(BigInteger part, BigInteger over) {
    return part.add(over).subtract(BigInteger.ONE).divide(over);
  }
}
