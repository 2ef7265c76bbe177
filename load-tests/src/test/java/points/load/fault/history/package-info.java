@NullMarked
package points.load.fault.history;

import org.jspecify.annotations.NullMarked;
