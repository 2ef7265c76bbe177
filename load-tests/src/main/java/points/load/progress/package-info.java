/** The progress of a command that runs for minutes, for the terminal or a log. */
@NullMarked
package points.load.progress;

import org.jspecify.annotations.NullMarked;
