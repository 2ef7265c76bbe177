@NullMarked
package points.load.fault;

import org.jspecify.annotations.NullMarked;
