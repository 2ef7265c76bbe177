/** What is done in the background to all members, by one node at a time: expiry and audit. */
@NullMarked
package points.ledger.sweep;

import org.jspecify.annotations.NullMarked;
