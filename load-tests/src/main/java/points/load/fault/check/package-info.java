/**
 * The checker. It compares the answers of all calls with the entries in PostgreSQL, and with the
 * states that may have been the newest while their callers waited.
 */
@NullMarked
package points.load.fault.check;

import org.jspecify.annotations.NullMarked;
