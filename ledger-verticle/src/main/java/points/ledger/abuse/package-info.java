/** Limits against abuse: what a member, a person at a till, a till or a store does too often. */
@NullMarked
package points.ledger.abuse;

import org.jspecify.annotations.NullMarked;
