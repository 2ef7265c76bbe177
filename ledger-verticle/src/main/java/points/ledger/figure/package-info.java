/** Figures of programs: sums that a consumer of the feed keeps, for reports. */
@NullMarked
package points.ledger.figure;

import org.jspecify.annotations.NullMarked;
