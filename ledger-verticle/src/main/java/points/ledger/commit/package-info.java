/**
 * Requests of the lanes to the database: commit a batch, return what is committed.
 *
 * <p>The package {@code store} answers them in SQL, the simulation of the tests in memory.
 */
@NullMarked
package points.ledger.commit;

import org.jspecify.annotations.NullMarked;
