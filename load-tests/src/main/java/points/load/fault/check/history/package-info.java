/** The history and the ledger, indexed by member, order and key, as the rules read them. */
@NullMarked
package points.load.fault.check.history;

import org.jspecify.annotations.NullMarked;
