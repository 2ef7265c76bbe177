@NullMarked
package points.load.fault.check;

import org.jspecify.annotations.NullMarked;
