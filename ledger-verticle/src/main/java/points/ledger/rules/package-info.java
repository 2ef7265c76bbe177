/** The arithmetic of points: ratios, exact fractions, rounding, shares. */
@NullMarked
package points.ledger.rules;

import org.jspecify.annotations.NullMarked;
