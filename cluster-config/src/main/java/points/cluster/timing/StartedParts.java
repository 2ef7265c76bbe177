package points.cluster.timing;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that a start has begun so far. When a later part cannot start, they are stopped in
 * reverse order. Thread-safe.
 */
public final class StartedParts {

  private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

  private final Deque<Supplier<? extends Future<?>>> stops = new ArrayDeque<>();

  /** Notes how a part is stopped; before it is started, if it may fail half-way. */
  public synchronized void add(Supplier<? extends Future<?>> stop) {
    stops.push(stop);
  }

  /** Returns the start's result, or, when all that had begun is stopped, its failure. */
  public <T> Future<T> stopUnlessStarted(Future<T> start) {
    return start.recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /** Stops the parts, the last one first. One that fails does not keep the next from its turn. */
  public Future<Void> stop() {
    Supplier<? extends Future<?>> last = poll();
    if (last == null) {
      return Future.succeededFuture();
    }
    return Future.succeededFuture()
        .<Object>compose(now -> last.get().mapEmpty())
        .onFailure(
            cause ->
                LOG.warn(
                    "a part of this node could not be stopped, the others are: {}",
                    cause.toString()))
        .transform(stopped -> stop());
  }

  private synchronized @Nullable Supplier<? extends Future<?>> poll() {
    return stops.poll();
  }
}
