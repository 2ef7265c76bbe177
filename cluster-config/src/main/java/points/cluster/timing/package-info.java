/**
 * Work that a node does again and again: when it is done, how its owner stops it, what is logged.
 */
@NullMarked
package points.cluster.timing;

import org.jspecify.annotations.NullMarked;
