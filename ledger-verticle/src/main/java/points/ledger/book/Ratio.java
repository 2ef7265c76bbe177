package points.ledger.book;

import points.ledger.rules.EarningRule;
import points.ledger.rules.EarningRule.Per;

/**
 * So many points for so much money.
 *
 * @param points 0 to {@link EarningRule#POINTS_MAX}
 * @param perAmount minor units, 1 to {@link EarningRule#PER_AMOUNT_MAX}
 * @param per whether a part of {@code perAmount} earns its part of the points; full steps are
 *     counted over all lines of an order that have this ratio
 */
public record Ratio(long points, long perAmount, Per per) {
  public Ratio {
    if (points < 0 || points > EarningRule.POINTS_MAX) {
      throw new IllegalArgumentException("points must be 0 to 10^6, not " + points);
    }
    if (perAmount < 1 || perAmount > EarningRule.PER_AMOUNT_MAX) {
      throw new IllegalArgumentException("perAmount must be 1 to 10^12, not " + perAmount);
    }
  }

  /** Returns a ratio whose parts earn their part of the points. */
  public static Ratio proRata(long points, long perAmount) {
    return new Ratio(points, perAmount, Per.PRO_RATA);
  }
}
