package points.load.model.book;

import java.util.List;
import points.load.model.Fraction;

/**
 * Ratios by the amount of an order.
 *
 * @param marginal whether each part of the amount earns at the ratio of its own step
 * @param steps ascending
 */
record Brackets(String id, boolean marginal, List<Step> steps) {

  /**
   * A step.
   *
   * @param above the amount beyond which its part begins
   * @param from the least amount that reaches it
   */
  record Step(long above, long from, Ratio ratio) {}

  Fraction points(long amount) {
    if (!marginal) {
      Step reached = steps.get(0);
      for (Step step : steps) {
        reached = amount >= step.from() ? step : reached;
      }
      return reached.ratio().of(amount);
    }
    Fraction sum = Fraction.ZERO;
    for (int i = 0; i < steps.size(); i++) {
      long end = i + 1 < steps.size() ? steps.get(i + 1).above() : Long.MAX_VALUE;
      long part = Math.min(amount, end) - steps.get(i).above();
      if (part > 0) {
        sum = sum.plus(steps.get(i).ratio().of(part));
      }
    }
    return sum;
  }
}
