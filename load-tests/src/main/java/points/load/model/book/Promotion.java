package points.load.model.book;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.load.model.Fraction;

/**
 * Points besides those that ratios give.
 *
 * @param place in the document
 * @param group empty for none
 * @param goods that it counts for; empty for all
 * @param factor of a multiplier; null for a bonus
 * @param bonus points of a bonus: for each unit, or for the order
 * @param unitsMax that count in an order; 0 for a bonus for the order
 * @param budget that pays for it; empty for none
 */
record Promotion(
    String id,
    int place,
    int priority,
    String group,
    Goods goods,
    @Nullable Fraction factor,
    long bonus,
    long unitsMax,
    Condition when,
    Cap cap,
    String budget) {

  boolean isPerUnit() {
    return factor == null && unitsMax > 0;
  }

  boolean countsFor(BoughtLine line) {
    return (goods.isEmpty() || goods.names(line)) && !when.not().goods().names(line);
  }

  /**
   * The most that a rule gives, or the whole book.
   *
   * @param perOrder points
   * @param perMember points, or orders for which the rule gave any
   * @param countsOrders whether {@code perMember} counts orders
   */
  record Cap(Optional<Long> perOrder, Map<Period, Long> perMember, boolean countsOrders) {
    static final Cap NONE = new Cap(Optional.empty(), Map.of(), false);
  }
}
