/** What is done to the processes while callers write. */
@NullMarked
package points.load.fault.nemesis;

import org.jspecify.annotations.NullMarked;
