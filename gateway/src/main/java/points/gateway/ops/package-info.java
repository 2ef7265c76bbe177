/** Health, readiness and metrics, on a port of their own for operators. */
@NullMarked
package points.gateway.ops;

import org.jspecify.annotations.NullMarked;
