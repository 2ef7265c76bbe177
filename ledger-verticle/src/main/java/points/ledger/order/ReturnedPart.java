package points.ledger.order;

import java.util.SortedMap;
import points.ledger.model.RefundedBy;

/**
 * What comes back of a sale by one refund.
 *
 * @param amounts minor units of the lines that come back, by their place in the sale
 * @param unnamed what of it belongs to no line: minor units, or points
 */
public record ReturnedPart(RefundedBy by, SortedMap<Integer, Long> amounts, long unnamed) {}
