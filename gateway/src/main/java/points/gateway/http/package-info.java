@NullMarked
package points.gateway.http;

import org.jspecify.annotations.NullMarked;
