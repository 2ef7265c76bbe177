/** Figures of a program over HTTP. */
@NullMarked
package points.gateway.figure;

import org.jspecify.annotations.NullMarked;
