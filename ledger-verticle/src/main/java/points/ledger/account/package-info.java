/** Accounts of members, the lots in them, and the movements that change them. */
@NullMarked
package points.ledger.account;

import org.jspecify.annotations.NullMarked;
