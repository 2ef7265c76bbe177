/**
 * What the nodes remember together about busy members: their newest state and who decides on them.
 */
@NullMarked
package points.cluster.hot;

import org.jspecify.annotations.NullMarked;
