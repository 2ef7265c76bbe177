/**
 * The checker: compares the answers of all calls with what PostgreSQL has, and with what may have
 * been true while their callers waited.
 */
@NullMarked
package points.load.fault.check;

import org.jspecify.annotations.NullMarked;
