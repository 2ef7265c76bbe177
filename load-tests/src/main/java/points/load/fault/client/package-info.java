/** The callers: what they want, how they send it, and when they give up. */
@NullMarked
package points.load.fault.client;

import org.jspecify.annotations.NullMarked;
