/** Budgets of the rule book of the fault tests: filled, opened, drained, and looked at. */
@NullMarked
package points.load.fault.budget;

import org.jspecify.annotations.NullMarked;
