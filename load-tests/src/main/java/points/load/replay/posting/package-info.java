/** Receipts and refunds posted to the gateway, and counts of its answers. */
@NullMarked
package points.load.replay.posting;

import org.jspecify.annotations.NullMarked;
