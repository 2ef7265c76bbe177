/** What is done to the processes while callers write. */
@NullMarked
package points.load.fault.scenario;

import org.jspecify.annotations.NullMarked;
