/** Ratings of orders over HTTP. */
@NullMarked
package points.gateway.rating;

import org.jspecify.annotations.NullMarked;
