/** Calls that read balances, transactions and proofs. */
@NullMarked
package points.gateway.read;

import org.jspecify.annotations.NullMarked;
