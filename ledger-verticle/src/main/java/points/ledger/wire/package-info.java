/**
 * What travels between nodes, in few bytes. Nodes of two versions talk to each other during an
 * upgrade: each message begins with its version, and one that a node does not know is refused as a
 * whole.
 */
@NullMarked
package points.ledger.wire;

import org.jspecify.annotations.NullMarked;
