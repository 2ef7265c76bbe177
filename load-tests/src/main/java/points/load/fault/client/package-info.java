/** The callers: the operations that they generate, how they send them, and when they give up. */
@NullMarked
package points.load.fault.client;

import org.jspecify.annotations.NullMarked;
