/** Background jobs over all members, each run by one node at a time: expiry and audit. */
@NullMarked
package points.ledger.job;

import org.jspecify.annotations.NullMarked;
