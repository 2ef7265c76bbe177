/**
 * Posts the receipts of a store chain, from a file or made from a seed, and checks that the
 * gateway's books agree with sums of our own.
 */
@NullMarked
package points.load.replay;

import org.jspecify.annotations.NullMarked;
