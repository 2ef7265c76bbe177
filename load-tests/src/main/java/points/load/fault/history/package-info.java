/** What callers asked for and what came of it, each call with its beginning and its end. */
@NullMarked
package points.load.fault.history;

import org.jspecify.annotations.NullMarked;
