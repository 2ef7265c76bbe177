/** Receipts of a store chain: read from a CSV file, or made up from a seed. */
@NullMarked
package points.load.replay.receipt;

import org.jspecify.annotations.NullMarked;
