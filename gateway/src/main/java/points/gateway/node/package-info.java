/** The nodes of the cluster and the database that they share, as one node sees them. */
@NullMarked
package points.gateway.node;

import org.jspecify.annotations.NullMarked;
