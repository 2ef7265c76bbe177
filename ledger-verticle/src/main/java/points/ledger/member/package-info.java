/**
 * Members beside their points: profiles, families, and what happens to identifiers when a member is
 * merged or closed.
 */
@NullMarked
package points.ledger.member;

import org.jspecify.annotations.NullMarked;
