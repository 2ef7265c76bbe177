/**
 * The simulated database: tables, transactions, sessions, and the real ledger's ways to reach them.
 */
@NullMarked
package points.ledger.simulation.postgres;

import org.jspecify.annotations.NullMarked;
