/** {@code /v1/products}: what the chain says of its goods. */
@NullMarked
package points.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
