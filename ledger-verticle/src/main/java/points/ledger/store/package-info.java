/**
 * The ledger in PostgreSQL: the one statement that writes a batch, and the queries that read
 * members and entries back. SQL stands beside the code that runs it.
 */
@NullMarked
package points.ledger.store;

import org.jspecify.annotations.NullMarked;
