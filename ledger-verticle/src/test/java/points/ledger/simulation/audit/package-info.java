/** Auditors: they check promises, and know nothing of the implementation. */
@NullMarked
package points.ledger.simulation.audit;

import org.jspecify.annotations.NullMarked;
