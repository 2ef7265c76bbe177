/**
 * The benchmark: durable writes and reads through the gateway beside what PostgreSQL does by plain
 * SQL and what a bare server does with the same bytes, in one run on one machine.
 */
@NullMarked
package points.load.bench;

import org.jspecify.annotations.NullMarked;
