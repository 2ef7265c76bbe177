/** Orders beyond limits against abuse, and who has reached one; both follow the feed. */
@NullMarked
package points.ledger.held;

import org.jspecify.annotations.NullMarked;
