/** What follows from a commit and is carried on in the background, as often as it takes. */
@NullMarked
package points.ledger.outbox;

import org.jspecify.annotations.NullMarked;
