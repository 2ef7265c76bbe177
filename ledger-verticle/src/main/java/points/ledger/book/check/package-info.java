/** Checks of a rule book beyond its form: its worked examples, and rules that cannot be meant. */
@NullMarked
package points.ledger.book.check;

import org.jspecify.annotations.NullMarked;
