/**
 * Benchmarks that compare the gateway with plain SQL, a bare server, and three nodes with one.
 *
 * <p>They measure durable writes and reads, each in one run on one machine.
 */
@NullMarked
package points.load.bench;

import org.jspecify.annotations.NullMarked;
