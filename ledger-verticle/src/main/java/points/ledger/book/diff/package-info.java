/** Differences between two rule books, in words. */
@NullMarked
package points.ledger.book.diff;

import org.jspecify.annotations.NullMarked;
