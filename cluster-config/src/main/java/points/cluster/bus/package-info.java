/** Keeps strangers out of the event bus: every message between nodes is sealed. */
@NullMarked
package points.cluster.bus;

import org.jspecify.annotations.NullMarked;
