package points.ledger.rules;

import java.math.BigDecimal;
import points.ledger.account.Limits;

/**
 * Points for spend: {@code points} for every {@code perAmount} minor units, pro rata or for full
 * steps only. One point per 20 yuan is {@code points = 1, perAmount = 2000}.
 *
 * @param points points given per {@code perAmount}, 1 to {@link #POINTS_MAX}
 * @param perAmount minor units of the program's currency, 1 to {@link #PER_AMOUNT_MAX}
 * @param per whether a part of {@code perAmount} earns its part of the points
 * @param rounding applied once to the points of a whole order; full steps leave nothing to round
 */
public record EarningRule(long points, long perAmount, Per per, Rounding rounding) {

  /** The points for the remainder of an amount that is no multiple of {@code perAmount}. */
  public enum Per {
    /** Its part of the points: 3.00 at 5 points per 2.50 makes 6. */
    PRO_RATA,
    /** Nothing: 3.00 at 5 points for every full 2.50 makes 5. */
    FULL_STEP
  }

  public static final long POINTS_MAX = 1_000_000;
  public static final long PER_AMOUNT_MAX = 1_000_000_000_000L;

  public EarningRule {
    if (points < 1 || points > POINTS_MAX) {
      throw new IllegalArgumentException("points must be 1 to 10^6, not " + points);
    }
    if (perAmount < 1 || perAmount > PER_AMOUNT_MAX) {
      throw new IllegalArgumentException("perAmount must be 1 to 10^12, not " + perAmount);
    }
  }

  /** A rule that gives points pro rata. */
  public EarningRule(long points, long perAmount, Rounding rounding) {
    this(points, perAmount, Per.PRO_RATA, rounding);
  }

  /**
   * The points an order earns: {@code amount × points / perAmount}, rounded, or {@code points} for
   * each full {@code perAmount}.
   *
   * @param amount minor units, 0 or more
   * @return points, possibly more than {@link Limits#POINTS_MAX}; the fold refuses those
   * @throws IllegalArgumentException if the amount is below 0
   */
  public long pointsFor(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must be 0 or more, not " + amount);
    }
    if (per == Per.FULL_STEP) {
      return new EarningRule(points, 1, Rounding.FLOOR).pointsFor(amount / perAmount);
    }
    boolean small = amount <= Long.MAX_VALUE / points;
    if (small && rounding == Rounding.FLOOR) {
      return amount * points / perAmount;
    }
    BigDecimal exact =
        BigDecimal.valueOf(amount)
            .multiply(BigDecimal.valueOf(points))
            .divide(BigDecimal.valueOf(perAmount), 0, rounding.mode());
    return exact.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
