/** The nemesis: faults of processes, databases and the network, while callers write. */
@NullMarked
package points.load.fault.nemesis;

import org.jspecify.annotations.NullMarked;
