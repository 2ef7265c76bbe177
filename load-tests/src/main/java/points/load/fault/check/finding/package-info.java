/** Rules by name, and what the checker reports when one is broken. */
@NullMarked
package points.load.fault.check.finding;

import org.jspecify.annotations.NullMarked;
