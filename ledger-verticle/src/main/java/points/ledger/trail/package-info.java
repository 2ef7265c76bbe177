/** The audit trail: changes by hand, in order, with their authors. */
@NullMarked
package points.ledger.trail;

import org.jspecify.annotations.NullMarked;
