/**
 * The fault tests kill, stop and cut off real gateways and a real PostgreSQL while callers write.
 * Afterwards a checker compares the history of all calls with the ledger.
 */
@NullMarked
package points.load.fault;

import org.jspecify.annotations.NullMarked;
