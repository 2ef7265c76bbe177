/**
 * The set-up of a chain before it trades: programs and their rules, stores, and profiles of
 * members. None of it moves points, so none of it goes through the lanes.
 */
@NullMarked
package points.ledger.registry;

import org.jspecify.annotations.NullMarked;
