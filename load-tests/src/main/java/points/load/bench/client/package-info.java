/**
 * The load generators, for HTTP and for plain SQL.
 *
 * <p>The one for HTTP is our own, which spares the processors that it shares with the gateway; the
 * one for SQL is pgbench.
 */
@NullMarked
package points.load.bench.client;

import org.jspecify.annotations.NullMarked;
