/** Rule books as JSON, which merchants write. */
@NullMarked
package points.ledger.book.json;

import org.jspecify.annotations.NullMarked;
