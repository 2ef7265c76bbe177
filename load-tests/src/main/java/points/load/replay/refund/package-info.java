/** Refunds of receipts, chosen from a seed. */
@NullMarked
package points.load.replay.refund;

import org.jspecify.annotations.NullMarked;
