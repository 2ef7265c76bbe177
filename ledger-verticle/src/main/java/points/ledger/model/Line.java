package points.ledger.model;

import org.jspecify.annotations.Nullable;

/**
 * One line of an order.
 *
 * @param lineId unique in the order
 * @param quantity units, 0 or more; what a unit is, is the caller's affair
 * @param amount minor units of the currency, 0 or more
 */
public record Line(
    String lineId, String productId, @Nullable String category, long quantity, long amount) {}
