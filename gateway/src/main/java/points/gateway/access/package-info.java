/** API keys: their credentials, roles and permissions. */
@NullMarked
package points.gateway.access;

import org.jspecify.annotations.NullMarked;
