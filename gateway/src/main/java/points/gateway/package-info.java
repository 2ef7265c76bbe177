@NullMarked
package points.gateway;

import org.jspecify.annotations.NullMarked;
