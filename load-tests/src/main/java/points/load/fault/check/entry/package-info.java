/** Rules about the entries of one member: who requested them, their order, and their sums. */
@NullMarked
package points.load.fault.check.entry;

import org.jspecify.annotations.NullMarked;
