/**
 * * Nodes, hot entries, a database and tills on a clock of their own: the real lanes, the real
 * outbox and refunds, and the real rules of hot entries, everything else a model that can be made
 * to fail. All of a history follows from its seed.
 */
@NullMarked
package points.ledger.simulation;

import org.jspecify.annotations.NullMarked;
