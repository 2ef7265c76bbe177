/** Orders and refunds that a person has to decide on. */
@NullMarked
package points.ledger.review;

import org.jspecify.annotations.NullMarked;
