package points.ledger.award;

import java.util.List;
import points.ledger.budget.BudgetCharge;
import points.ledger.rules.Fraction;

/**
 * The points of one order by a rule book.
 *
 * @param points the sum of the awards
 * @param awards by line, then in the order in which rules are applied
 * @param cuts of rules that were to give more
 * @param charges to the budgets that pay for awards, or are used up
 * @param carry the remainder of rounding that the member keeps; zero when the book carries none
 */
public record Awarding(
    long points, List<Award> awards, List<Cut> cuts, List<BudgetCharge> charges, Fraction carry) {

  /** More points than any account may have. */
  public static final Awarding BEYOND_LIMIT =
      new Awarding(Long.MAX_VALUE, List.of(), List.of(), List.of(), Fraction.ZERO);

  /** Returns whether the points are more than any account may have; then there are no awards. */
  public boolean isBeyondLimit() {
    return equals(BEYOND_LIMIT);
  }
}
