/** How much work is let in at once, and for how long. */
@NullMarked
package points.gateway.admission;

import org.jspecify.annotations.NullMarked;
