/** Work on many members at a time, and on each member in order. */
@NullMarked
package points.load.concurrent;

import org.jspecify.annotations.NullMarked;
