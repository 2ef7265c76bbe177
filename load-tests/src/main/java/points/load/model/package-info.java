/** The books as PostgreSQL has them, read by SQL and not through the gateway. */
@NullMarked
package points.load.model;

import org.jspecify.annotations.NullMarked;
