/** Entries, balances and members as callers see them. */
@NullMarked
package points.gateway.json;

import org.jspecify.annotations.NullMarked;
