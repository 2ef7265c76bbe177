package points.load.model.book;

import java.util.Comparator;
import points.load.model.book.Ratio.GoodsRatio;

/**
 * A rule that gives points.
 *
 * @param number in the order in which rules are applied
 * @param step the rules of one step are applied at once: all ratios are one, for a line has one
 */
record AppliedRule(int number, int step, String id) {
  private static final Comparator<Promotion> ORDER =
      Comparator.comparing((Promotion it) -> it.factor() == null)
          .thenComparing(Comparator.comparing(Promotion::priority).reversed())
          .thenComparing(Promotion::id);

  static final AppliedRule BASE = new AppliedRule(0, 0, RuleBook.BASE);

  static AppliedRule ratio(RuleBook book, GoodsRatio ratio) {
    return new AppliedRule(1 + book.ratios().indexOf(ratio), 0, ratio.id());
  }

  static AppliedRule brackets(RuleBook book) {
    Brackets brackets = book.brackets();
    return new AppliedRule(1 + book.ratios().size(), 0, brackets == null ? "" : brackets.id());
  }

  static AppliedRule tier(RuleBook book) {
    return new AppliedRule(2 + book.ratios().size(), 1, RuleBook.TIER);
  }

  /** Multipliers are applied before bonuses, those of a higher priority first. */
  static AppliedRule promotion(RuleBook book, Promotion promotion) {
    int place = book.promotions().stream().sorted(ORDER).toList().indexOf(promotion);
    return new AppliedRule(3 + book.ratios().size() + place, 2 + place, promotion.id());
  }
}
