/**
 * What a chain sets up before it trades: programs and their rules, stores, who the members are.
 * None of it moves points, so none of it goes through the lanes.
 */
@NullMarked
package points.ledger.registry;

import org.jspecify.annotations.NullMarked;
