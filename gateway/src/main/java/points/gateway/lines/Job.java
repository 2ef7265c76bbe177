package points.gateway.lines;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The work that a line asks for.
 *
 * @param orderingKeys jobs that share one of these are done in the order of their lines; when there
 *     is none, the job comes after all before it and before all after it
 * @param work does it, and makes the line's answer, which ends with a line feed; it does not fail
 */
public record Job(Set<String> orderingKeys, Supplier<Future<Buffer>> work) {}
