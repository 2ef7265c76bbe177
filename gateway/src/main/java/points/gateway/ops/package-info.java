/** What an operator watches: health, readiness, metrics, on a port of their own. */
@NullMarked
package points.gateway.ops;

import org.jspecify.annotations.NullMarked;
