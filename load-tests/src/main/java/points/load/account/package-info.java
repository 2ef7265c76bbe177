/** A member's books as the gateway shows them, and the equations that must hold between them. */
@NullMarked
package points.load.account;

import org.jspecify.annotations.NullMarked;
