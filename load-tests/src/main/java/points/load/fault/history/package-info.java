/** Operations, the calls that send them, and the history of all calls of a run. */
@NullMarked
package points.load.fault.history;

import org.jspecify.annotations.NullMarked;
