/**
 * Lanes: each decides the commands of its members, and commits one batch while it collects the
 * next.
 */
@NullMarked
package points.ledger.lane;

import org.jspecify.annotations.NullMarked;
