/** The processes under test: gateways, PostgreSQL, HAProxy. */
@NullMarked
package points.load.fault.process;

import org.jspecify.annotations.NullMarked;
