/**
 * Budgets of points: their terms in a rule book, what orders draw on them, and what is left. Pure.
 */
@NullMarked
package points.ledger.budget;

import org.jspecify.annotations.NullMarked;
