/** A brand's loyalty scheme, and its terms. */
@NullMarked
package points.ledger.program;

import org.jspecify.annotations.NullMarked;
