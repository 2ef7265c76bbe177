/** Rule books over HTTP. */
@NullMarked
package points.gateway.rulebook;

import org.jspecify.annotations.NullMarked;
