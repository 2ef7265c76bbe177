/** The rule that budgets end at exactly their limit, whatever fails. */
@NullMarked
package points.load.fault.check.budget;

import org.jspecify.annotations.NullMarked;
