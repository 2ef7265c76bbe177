/** Rule books of a program: made up, published, and waited for. */
@NullMarked
package points.load.rules;

import org.jspecify.annotations.NullMarked;
