/** Rule books as they are kept, published, and known to every node. */
@NullMarked
package points.ledger.rulebook;

import org.jspecify.annotations.NullMarked;
