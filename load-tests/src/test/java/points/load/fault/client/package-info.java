@NullMarked
package points.load.fault.client;

import org.jspecify.annotations.NullMarked;
