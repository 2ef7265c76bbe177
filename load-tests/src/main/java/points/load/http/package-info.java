/**
 * Calls to the gateway over HTTP: one client that keeps its connections and repeats what is safe to
 * repeat.
 */
@NullMarked
package points.load.http;

import org.jspecify.annotations.NullMarked;
