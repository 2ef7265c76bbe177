/**
 * Orders as refunds and reversals see them: what was sold, what has come back, whose share is due.
 */
@NullMarked
package points.ledger.order;

import org.jspecify.annotations.NullMarked;
