/** What is done in the background to all members, by one node at a time: expiry and audit. */
@NullMarked
package points.ledger.job;

import org.jspecify.annotations.NullMarked;
