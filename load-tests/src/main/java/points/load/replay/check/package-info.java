/** Checks of a member's entries and balance against the receipts and refunds that were posted. */
@NullMarked
package points.load.replay.check;

import org.jspecify.annotations.NullMarked;
