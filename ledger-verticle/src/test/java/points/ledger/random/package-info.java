/** Random histories, and the domain held against PostgreSQL by them. */
@NullMarked
package points.ledger.random;

import org.jspecify.annotations.NullMarked;
