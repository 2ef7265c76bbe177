/** Rules about what callers were answered: acknowledgements, refusals, replays and balances. */
@NullMarked
package points.load.fault.check.answer;

import org.jspecify.annotations.NullMarked;
