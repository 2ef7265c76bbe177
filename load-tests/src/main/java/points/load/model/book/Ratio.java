package points.load.model.book;

import points.load.model.Fraction;

/**
 * So many points for so much money.
 *
 * @param fullSteps whether only a whole {@code perAmount} earns
 */
record Ratio(long points, long perAmount, boolean fullSteps) {

  Fraction of(long amount) {
    Fraction steps = Fraction.of(amount).dividedBy(perAmount);
    return (fullSteps ? Fraction.of(steps.floor()) : steps).times(points);
  }

  /** The ratio of some goods. */
  record GoodsRatio(String id, Goods goods, Ratio ratio) {}
}
