/** Who calls, and what they may do. */
@NullMarked
package points.gateway.access;

import org.jspecify.annotations.NullMarked;
