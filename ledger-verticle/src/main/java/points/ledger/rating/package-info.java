/** Ratings of orders: stars and words of members, one for each order. */
@NullMarked
package points.ledger.rating;

import org.jspecify.annotations.NullMarked;
