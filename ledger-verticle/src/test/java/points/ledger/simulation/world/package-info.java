/**
 * The clock, the faults and the weather of a simulated history, and the programs that its members
 * are in.
 */
@NullMarked
package points.ledger.simulation.world;

import org.jspecify.annotations.NullMarked;
