/** Members' states, and the entries and movements that they are the sum of. */
@NullMarked
package points.ledger.model;

import org.jspecify.annotations.NullMarked;
