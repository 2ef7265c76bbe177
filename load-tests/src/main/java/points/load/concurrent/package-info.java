/** Many members' calls in flight at a time, one member's calls one after the other. */
@NullMarked
package points.load.concurrent;

import org.jspecify.annotations.NullMarked;
