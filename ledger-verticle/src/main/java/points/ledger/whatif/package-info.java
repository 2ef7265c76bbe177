/** Decides recorded orders again, as if another rule book had been in force. Pure. */
@NullMarked
package points.ledger.whatif;

import org.jspecify.annotations.NullMarked;
