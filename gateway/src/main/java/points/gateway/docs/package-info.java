/** The pages that show the API to a person. */
@NullMarked
package points.gateway.docs;

import org.jspecify.annotations.NullMarked;
