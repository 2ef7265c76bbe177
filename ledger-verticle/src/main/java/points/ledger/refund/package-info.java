/**
 * Refunds and reversals of orders, whoever the member is, and the refunds that are parked until
 * their sale comes.
 */
@NullMarked
package points.ledger.refund;

import org.jspecify.annotations.NullMarked;
