/** Work that a node does again and again: when it is done, and how its owner stops it. */
@NullMarked
package points.cluster.timing;

import org.jspecify.annotations.NullMarked;
