/**
 * The one model of a member in these tests: its entries, its state, the equations between both, and
 * its orders, with what was sold, what was returned and what is due of it. It shares no code with
 * the gateway.
 */
@NullMarked
package points.load.model;

import org.jspecify.annotations.NullMarked;
