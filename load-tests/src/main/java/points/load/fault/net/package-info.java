/**
 * The test's own network: hosts in namespaces on one bridge, which can be cut off from each other.
 */
@NullMarked
package points.load.fault.net;

import org.jspecify.annotations.NullMarked;
