/**
 * A stream of lines in and one answer to each out, in the same order and within limits on memory.
 */
@NullMarked
package points.gateway.lines;

import org.jspecify.annotations.NullMarked;
