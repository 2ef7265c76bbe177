/** Simulations of rule books as people ask for them: kept, carried out in the background, shown. */
@NullMarked
package points.ledger.whatif.run;

import org.jspecify.annotations.NullMarked;
