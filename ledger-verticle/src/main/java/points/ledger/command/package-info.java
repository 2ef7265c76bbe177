/** Commands on members, and their outcomes. */
@NullMarked
package points.ledger.command;

import org.jspecify.annotations.NullMarked;
