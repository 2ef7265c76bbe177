package points.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that costs work, made once for all who ask while it is made or shortly after.
 * Thread-safe.
 */
final class SharedAnswer<T> {

  private final VertxInternal vertx;
  private final long keptNanos;
  private @Nullable Future<T> last;
  private long begunNanos;

  /**
   * @param kept how long an answer is given again, from the beginning of the work
   */
  SharedAnswer(Vertx vertx, Duration kept) {
    this.vertx = (VertxInternal) vertx;
    this.keptNanos = kept.toNanos();
  }

  /**
   * Returns the answer on the caller's context.
   *
   * @param work makes it, within a known time
   */
  synchronized Future<T> get(Supplier<Future<T>> work) {
    Future<T> known = last;
    if (known == null || isOld(known)) {
      begunNanos = System.nanoTime();
      known = work.get();
      last = known;
    }
    Promise<T> answer = vertx.promise();
    known.onComplete(answer);
    return answer.future();
  }

  private boolean isOld(Future<T> known) {
    return known.failed() || (known.isComplete() && System.nanoTime() - begunNanos >= keptNanos);
  }
}
