package points.ledger.domain;

import java.util.SortedMap;

/**
 * What comes back of a sale by one refund.
 *
 * @param amounts minor units of the lines that come back, by their place in the sale
 * @param unnamed what of it belongs to no line: minor units, or points
 */
record ReturnedPart(RefundedBy by, SortedMap<Integer, Long> amounts, long unnamed) {}
