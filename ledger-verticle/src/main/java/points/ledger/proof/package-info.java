/** Whether a member's entries give what the member has. */
@NullMarked
package points.ledger.proof;

import org.jspecify.annotations.NullMarked;
