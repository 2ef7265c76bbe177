/** The one model of a member, tested by itself. */
@NullMarked
package points.load.model;

import org.jspecify.annotations.NullMarked;
