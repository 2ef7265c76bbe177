/** Calls that set a chain up: programs, stores, members, pools, API keys and opening balances. */
@NullMarked
package points.gateway.setup;

import org.jspecify.annotations.NullMarked;
