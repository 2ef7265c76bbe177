/** Members' states and entries: a state is the sum of the movements of its entries. */
@NullMarked
package points.ledger.model;

import org.jspecify.annotations.NullMarked;
