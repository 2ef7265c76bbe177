/**
 * The lanes: each decides on the members that fall to it, one batch in flight while the next
 * collects.
 */
@NullMarked
package points.ledger.lane;

import org.jspecify.annotations.NullMarked;
