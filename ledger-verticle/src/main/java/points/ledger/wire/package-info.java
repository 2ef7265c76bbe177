/**
 * The messages between nodes. {@link points.ledger.wire.WireFormat} turns them into bytes and back,
 * as the records of the domain are declared.
 */
@NullMarked
package points.ledger.wire;

import org.jspecify.annotations.NullMarked;
