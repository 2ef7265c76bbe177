/** The nodes of the cluster as one of them sees them: who owns a member, and who answers. */
@NullMarked
package points.cluster.peer;

import org.jspecify.annotations.NullMarked;
