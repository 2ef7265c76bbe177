/** JSON that people and programs send: its fields are read once, and errors are named by field. */
@NullMarked
package points.ledger.form;

import org.jspecify.annotations.NullMarked;
