/** Rules of a program: how points are earned, how long they are valid, what is allowed. */
@NullMarked
package points.ledger.rules;

import org.jspecify.annotations.NullMarked;
