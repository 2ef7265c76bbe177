/**
 * Orders as refunds and reversals see them: the sale, the returned parts, and each member's share.
 */
@NullMarked
package points.ledger.order;

import org.jspecify.annotations.NullMarked;
