/** Limits on the work that a node admits at once, and on its time. */
@NullMarked
package points.gateway.admission;

import org.jspecify.annotations.NullMarked;
