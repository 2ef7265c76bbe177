/** The calls that move points, one class for each resource. */
@NullMarked
package points.gateway.command;

import org.jspecify.annotations.NullMarked;
