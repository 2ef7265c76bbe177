/**
 * Promotion day: an open load of reads, accruals and deductions, ending with an audit of every
 * balance.
 */
@NullMarked
package points.load.simulation;

import org.jspecify.annotations.NullMarked;
