/**
 * Posts the receipts of a store chain and checks the gateway's books with sums of our own.
 *
 * <p>The receipts come from a file or are made from a seed.
 */
@NullMarked
package points.load.replay;

import org.jspecify.annotations.NullMarked;
