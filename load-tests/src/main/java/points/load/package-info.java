@NullMarked
package points.load;

import org.jspecify.annotations.NullMarked;
