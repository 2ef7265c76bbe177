/** Decisions: from a state, a command, the rules and the time to an outcome and a new state. */
@NullMarked
package points.ledger.decide;

import org.jspecify.annotations.NullMarked;
