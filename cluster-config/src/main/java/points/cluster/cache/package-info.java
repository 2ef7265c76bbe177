/** Cache of busy members' states and leases, shared by the nodes. */
@NullMarked
package points.cluster.cache;

import org.jspecify.annotations.NullMarked;
