/** The tiers of members over HTTP. */
@NullMarked
package points.gateway.tier;

import org.jspecify.annotations.NullMarked;
