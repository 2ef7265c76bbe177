/** The kernel of HTTP: the way of a request, its key, its body and query, and the answers. */
@NullMarked
package points.gateway.web;

import org.jspecify.annotations.NullMarked;
