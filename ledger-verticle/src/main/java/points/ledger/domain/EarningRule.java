package points.ledger.domain;

import java.math.BigDecimal;

/**
 * Points for spend: {@code points} for every {@code perAmount} minor units, pro rata. One point per
 * 20 yuan is {@code points = 1, perAmount = 2000}.
 *
 * @param points points given per {@code perAmount}, 0 or more
 * @param perAmount minor units of the program's currency, at least 1
 * @param rounding applied once to the points of a whole order
 */
public record EarningRule(long points, long perAmount, Rounding rounding) {

  public EarningRule {
    if (points < 0 || points > 1_000_000) {
      throw new IllegalArgumentException("points must be 0 to 1000000, not " + points);
    }
    if (perAmount < 1 || perAmount > Limits.AMOUNT_MAX) {
      throw new IllegalArgumentException("perAmount must be 1 to 10^15, not " + perAmount);
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
    if (amount == 0 || points == 0) {
      return 0;
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
