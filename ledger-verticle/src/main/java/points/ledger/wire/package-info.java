/**
 * What travels between nodes: {@link points.ledger.wire.WireFormat} turns it into bytes and back,
 * as the records of the domain are declared.
 */
@NullMarked
package points.ledger.wire;

import org.jspecify.annotations.NullMarked;
