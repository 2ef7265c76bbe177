/** What docs/deploy holds for operators, held against the gateway that it is for. */
@NullMarked
package points.gateway.deploy;

import org.jspecify.annotations.NullMarked;
