/** Readers of members and their entries: through the gateway, and from PostgreSQL. */
@NullMarked
package points.load.reader;

import org.jspecify.annotations.NullMarked;
