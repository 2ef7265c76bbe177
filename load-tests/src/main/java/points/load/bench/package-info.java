/**
 * The benchmarks: durable writes and reads through the gateway beside plain SQL and a bare server,
 * and three nodes beside one, each in one run on one machine.
 */
@NullMarked
package points.load.bench;

import org.jspecify.annotations.NullMarked;
