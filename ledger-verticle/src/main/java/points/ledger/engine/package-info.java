/** The rule engine: rates orders by a rule book, purely. */
@NullMarked
package points.ledger.engine;

import org.jspecify.annotations.NullMarked;
