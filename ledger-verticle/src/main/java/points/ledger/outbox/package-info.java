/** Effects of a commit that are carried out in the background, as often as it takes. */
@NullMarked
package points.ledger.outbox;

import org.jspecify.annotations.NullMarked;
