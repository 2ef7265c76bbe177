/** A command's way to the node that owns its member, and back. */
@NullMarked
package points.ledger.forward;

import org.jspecify.annotations.NullMarked;
