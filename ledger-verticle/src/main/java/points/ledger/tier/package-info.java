/** Tiers of members: the levels of a rule book, and the facts by which a member has one of them. */
@NullMarked
package points.ledger.tier;

import org.jspecify.annotations.NullMarked;
