package points.load.replay.program;

import java.math.BigInteger;
import java.util.Optional;
import points.load.http.Fields;
import points.load.http.UnexpectedAnswerException;

/**
 * So many points per so much money, rounded once per order.
 *
 * <p>Computed in exact integers, without a line of the gateway's own code.
 *
 * @param points for each {@code perAmount}
 * @param perAmount in minor units
 * @param fullSteps whether only a full {@code perAmount} earns
 */
public record EarningRule(long points, long perAmount, boolean fullSteps, Rounding rounding) {
  public EarningRule {
    if (points < 0 || perAmount < 1) {
      throw new UnexpectedAnswerException(
          "no earning rule: " + points + " points per " + perAmount);
    }
  }

  static EarningRule read(Fields json) {
    return new EarningRule(
        json.integer("points"),
        json.integer("perAmount"),
        json.optionalText("per").equals(Optional.of("fullStep")),
        Rounding.named(json.text("rounding")));
  }

  /** The points of an order of that amount in minor units. */
  public long pointsFor(long amount) {
    if (fullSteps) {
      return Math.multiplyExact(amount / perAmount, points);
    }
    BigInteger product = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(points));
    return rounding.divide(product, BigInteger.valueOf(perAmount)).longValueExact();
  }
}
