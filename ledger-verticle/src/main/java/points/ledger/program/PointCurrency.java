package points.ledger.program;

import org.jspecify.annotations.Nullable;
import points.ledger.rules.EarningRule;

/**
 * A point currency besides the first.
 *
 * @param code by which accounts and calls name it
 * @param name for people
 * @param earning points for spend; null when orders earn none of it
 * @param validity how long its points stay spendable
 */
public record PointCurrency(
    String code, String name, @Nullable EarningRule earning, Validity validity) {}
