/**
 * Lines in, one answer each out, in the same order, however many there are: a stream, not a list.
 */
@NullMarked
package points.gateway.lines;

import org.jspecify.annotations.NullMarked;
