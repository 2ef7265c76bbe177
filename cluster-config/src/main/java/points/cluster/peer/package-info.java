/** Other nodes of the cluster, from one node's view: which owns a member, and which answer. */
@NullMarked
package points.cluster.peer;

import org.jspecify.annotations.NullMarked;
