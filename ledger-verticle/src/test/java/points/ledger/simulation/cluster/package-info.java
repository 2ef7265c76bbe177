/**
 * The simulated cluster: nodes that run the real lanes and the real outbox, and the cache between
 * them.
 */
@NullMarked
package points.ledger.simulation.cluster;

import org.jspecify.annotations.NullMarked;
