/** Batches: many calls in one request, a record each. */
@NullMarked
package points.gateway.batch;

import org.jspecify.annotations.NullMarked;
