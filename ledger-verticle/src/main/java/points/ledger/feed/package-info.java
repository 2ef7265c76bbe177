/**
 * The feed: all entries and changes of set-up in one order, for consumers that keep their place.
 */
@NullMarked
package points.ledger.feed;

import org.jspecify.annotations.NullMarked;
