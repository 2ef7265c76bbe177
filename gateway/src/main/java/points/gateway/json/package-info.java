/** Entries, balances and members in the form that callers see. */
@NullMarked
package points.gateway.json;

import org.jspecify.annotations.NullMarked;
