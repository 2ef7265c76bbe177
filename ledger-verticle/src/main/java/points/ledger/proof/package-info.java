/** Proofs that a member's entries add up to the member's state. */
@NullMarked
package points.ledger.proof;

import org.jspecify.annotations.NullMarked;
