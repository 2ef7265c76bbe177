/** The kernel of HTTP: a request's way in, its key, its body and query, and the answers. */
@NullMarked
package points.gateway.web;

import org.jspecify.annotations.NullMarked;
