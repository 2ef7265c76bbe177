/**
 * Calls that change something, whether they come alone or as a record of a batch, and their results
 * in HTTP.
 */
@NullMarked
package points.gateway.call;

import org.jspecify.annotations.NullMarked;
