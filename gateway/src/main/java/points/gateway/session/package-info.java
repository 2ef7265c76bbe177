/** Sessions and accounts of people, over HTTP. */
@NullMarked
package points.gateway.session;

import org.jspecify.annotations.NullMarked;
