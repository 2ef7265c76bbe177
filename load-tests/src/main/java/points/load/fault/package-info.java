/**
 * The fault tests: real gateways and a real PostgreSQL are killed, stopped and cut off while real
 * callers write, and what the callers were told is held against the books afterwards.
 */
@NullMarked
package points.load.fault;

import org.jspecify.annotations.NullMarked;
