/** The feed over HTTP: pages, long polls and server-sent events. */
@NullMarked
package points.gateway.event;

import org.jspecify.annotations.NullMarked;
