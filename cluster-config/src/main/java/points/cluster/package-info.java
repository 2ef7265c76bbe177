/** Forming a cluster: one Hazelcast member and the clustered Vert.x that stands on it. */
@NullMarked
package points.cluster;

import org.jspecify.annotations.NullMarked;
