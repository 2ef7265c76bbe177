/** Members of another system, with what they had there, brought into the gateway by batches. */
@NullMarked
package points.load.opening;

import org.jspecify.annotations.NullMarked;
