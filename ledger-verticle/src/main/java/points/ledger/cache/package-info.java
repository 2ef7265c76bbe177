/**
 * Caches of members' states, and the decision whether one may be served: {@link
 * points.ledger.cache.ReadConsistency}.
 */
@NullMarked
package points.ledger.cache;

import org.jspecify.annotations.NullMarked;
