/** The sold order as its entries show it: what was earned, paid, and returned. */
@NullMarked
package points.load.fault.check.order;

import org.jspecify.annotations.NullMarked;
