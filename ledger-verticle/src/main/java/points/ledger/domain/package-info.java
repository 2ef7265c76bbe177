/**
 * What the ledger decides, in plain Java: {@code (state, command, rules, now) -> (entries, new
 * state)}. No clock, no SQL, no Vert.x; the same code is the model that random tests hold the
 * database against.
 */
@NullMarked
package points.ledger.domain;

import org.jspecify.annotations.NullMarked;
