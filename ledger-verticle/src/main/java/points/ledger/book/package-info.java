/** Rule books: documents by which a merchant says how orders earn points. */
@NullMarked
package points.ledger.book;

import org.jspecify.annotations.NullMarked;
