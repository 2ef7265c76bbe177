@NullMarked
package points.ledger;

import org.jspecify.annotations.NullMarked;
