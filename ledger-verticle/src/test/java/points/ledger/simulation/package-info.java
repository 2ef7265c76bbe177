/**
 * Runs of the simulation and the faults planted in it: tills and clerks call simulated nodes while
 * everything fails. The lanes, the outbox, the refunds and the rules of cached states are the real
 * ones; all else is a model that can be made to fail. A history follows from its seed.
 */
@NullMarked
package points.ledger.simulation;

import org.jspecify.annotations.NullMarked;
