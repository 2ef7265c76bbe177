package points.ledger.order;

import java.util.SortedMap;
import points.ledger.model.Detail.RefundedBy;

/**
 * The parts of a sale that come back by one refund.
 *
 * @param amounts minor units of the lines that come back, by their place in the sale
 * @param unnamed the amount that belongs to no line: minor units, or points
 */
public record ReturnedPart(RefundedBy by, SortedMap<Integer, Long> amounts, long unnamed) {}
