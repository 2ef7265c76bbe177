/**
 * Holds a history against the books: what callers were told must be what PostgreSQL has, and must
 * have been true while they waited for it.
 */
@NullMarked
package points.load.fault.check;

import org.jspecify.annotations.NullMarked;
