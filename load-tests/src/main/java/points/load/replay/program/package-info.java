/** The program's rules, worked out here independently of the gateway's code. */
@NullMarked
package points.load.replay.program;

import org.jspecify.annotations.NullMarked;
