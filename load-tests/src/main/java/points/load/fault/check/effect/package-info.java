/**
 * Rules about changes that reach beyond one entry: transfers, merges, moved sales, refunds and
 * pools.
 */
@NullMarked
package points.load.fault.check.effect;

import org.jspecify.annotations.NullMarked;
