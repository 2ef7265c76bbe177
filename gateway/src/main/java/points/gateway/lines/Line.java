package points.gateway.lines;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A line that is not blank.
 *
 * @param number of the line in its stream, from 1; blank lines count
 * @param text without its end; null when the line was too long to be kept
 */
public record Line(long number, @Nullable Buffer text) {}
