@NullMarked
package points.load.bench;

import org.jspecify.annotations.NullMarked;
