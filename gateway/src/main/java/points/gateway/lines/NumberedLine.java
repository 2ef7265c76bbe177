package points.gateway.lines;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A line that is not blank.
 *
 * @param number the number of the line in its stream, from 1; blank lines count
 * @param text the line without its end; null when it was too long to be kept
 */
public record NumberedLine(long number, @Nullable Buffer text) {}
