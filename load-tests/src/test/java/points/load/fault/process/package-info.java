@NullMarked
package points.load.fault.process;

import org.jspecify.annotations.NullMarked;
