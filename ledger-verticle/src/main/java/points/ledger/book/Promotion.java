package points.ledger.book;

import org.jspecify.annotations.Nullable;

/**
 * Points besides what ratios give, under conditions.
 *
 * @param id unique among the rules of the book
 * @param priority the higher goes first among multipliers, and wins in a group by priority
 * @param group the id of its exclusive group; null for none
 * @param goods the lines that it counts for; empty for all
 * @param cap on what it gives
 * @param budget the id of the budget that pays for it; null for none
 */
public record Promotion(
    String id,
    int priority,
    @Nullable String group,
    Goods goods,
    Effect effect,
    Condition when,
    RuleCap cap,
    @Nullable String budget) {
  /** The same promotion under other conditions. */
  public Promotion with(Condition other) {
    return new Promotion(id, priority, group, goods, effect, other, cap, budget);
  }
}
