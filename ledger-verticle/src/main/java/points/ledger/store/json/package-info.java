/** The JSON that the ledger's tables hold. */
@NullMarked
package points.ledger.store.json;

import org.jspecify.annotations.NullMarked;
