/**
 * The one model of a member in these tests: its entries, its state, and the equations between both.
 * It shares no code with the gateway.
 */
@NullMarked
package points.load.model;

import org.jspecify.annotations.NullMarked;
