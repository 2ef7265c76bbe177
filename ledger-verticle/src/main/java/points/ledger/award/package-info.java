/** The facts by which an order is rated, and the points that it gets, rule by rule. */
@NullMarked
package points.ledger.award;

import org.jspecify.annotations.NullMarked;
