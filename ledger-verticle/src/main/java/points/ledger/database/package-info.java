/**
 * Connections to PostgreSQL: address and encryption, pools by purpose, migrations, one form for
 * phone numbers.
 */
@NullMarked
package points.ledger.database;

import org.jspecify.annotations.NullMarked;
