@NullMarked
package points.load.fault.net;

import org.jspecify.annotations.NullMarked;
