/**
 * The one model of a member in these tests: entries, state, the equations between both, and orders.
 * Of an order it knows what was sold, what was returned and what is due. It shares no code with the
 * gateway.
 */
@NullMarked
package points.load.model;

import org.jspecify.annotations.NullMarked;
