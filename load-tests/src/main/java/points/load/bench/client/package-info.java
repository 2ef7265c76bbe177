/**
 * The load generators: one of our own for HTTP, which spares the processors that it shares with the
 * gateway, and pgbench for plain SQL.
 */
@NullMarked
package points.load.bench.client;

import org.jspecify.annotations.NullMarked;
