/** Programs that fault tests and benchmarks start: gateways, and commands of the system. */
@NullMarked
package points.load.process;

import org.jspecify.annotations.NullMarked;
