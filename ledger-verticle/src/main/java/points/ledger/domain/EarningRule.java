package points.ledger.domain;

import java.math.BigDecimal;

/**
 * Points for spend: {@code points} for every {@code perAmount} minor units, pro rata. One point per
 * 20 yuan is {@code points = 1, perAmount = 2000}.
 *
 * @param points points given per {@code perAmount}, 1 to {@link #POINTS_MAX}
 * @param perAmount minor units of the program's currency, 1 to {@link #PER_AMOUNT_MAX}
 * @param rounding applied once to the points of a whole order
 */
public record EarningRule(long points, long perAmount, Rounding rounding) {

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

  /**
   * The points an order earns: {@code amount × points / perAmount}, rounded.
   *
   * @param amount minor units, 0 or more
   * @return points, possibly more than {@link Limits#POINTS_MAX}; the fold refuses those
   * @throws IllegalArgumentException if the amount is below 0
   */
  public long pointsFor(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must be 0 or more, not " + amount);
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
