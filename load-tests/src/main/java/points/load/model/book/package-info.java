/**
 * A second reading of rule books, and a second way to reckon by them: slow, plain and exact.
 *
 * <p>It goes through a document rule by rule and has no index. It shares no code with the gateway,
 * so that a fault of one is no fault of the other.
 */
@NullMarked
package points.load.model.book;

import org.jspecify.annotations.NullMarked;
