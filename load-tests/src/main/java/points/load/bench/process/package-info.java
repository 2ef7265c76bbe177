/** The processes of a benchmark: gateways, PostgreSQL and a bare server, on this machine. */
@NullMarked
package points.load.bench.process;

import org.jspecify.annotations.NullMarked;
