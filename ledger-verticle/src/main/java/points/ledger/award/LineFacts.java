package points.ledger.award;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order, as a rule book sees it.
 *
 * @param productId null when the order has no lines
 * @param category its path, such as {@code food/milk}
 * @param quantity units, 0 or more
 * @param amount the money that earns, in minor units, 0 or more
 */
public record LineFacts(
    @Nullable String productId,
    @Nullable String category,
    @Nullable String marginClass,
    Set<String> tags,
    long quantity,
    long amount) {}
