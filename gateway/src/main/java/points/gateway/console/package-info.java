/** The console for people: its files, as the build made them, over HTTP. */
@NullMarked
package points.gateway.console;

import org.jspecify.annotations.NullMarked;
