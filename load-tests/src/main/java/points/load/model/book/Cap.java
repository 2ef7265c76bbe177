package points.load.model.book;

import java.util.Map;
import java.util.Optional;

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
