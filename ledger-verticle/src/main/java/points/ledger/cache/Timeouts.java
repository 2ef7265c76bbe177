package points.ledger.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends waits for answers that come too late. */
public interface Timeouts {

  /**
   * The answer, on the caller's own context.
   *
   * @return fails with a timeout when there is no answer in this time
   */
  <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer);

  /** By the timers of Vert.x. */
  static Timeouts ofVertx() {
    return new Timeouts() {
      @Override
      public <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer) {
        ContextInternal caller = ContextInternal.current();
        if (caller == null || answer.isComplete()) {
          return answer.timeout(max.toMillis(), TimeUnit.MILLISECONDS);
        }
        Promise<T> here = caller.promise();
        answer.onComplete(here);
        return here.future().timeout(max.toMillis(), TimeUnit.MILLISECONDS);
      }
    };
  }
}
