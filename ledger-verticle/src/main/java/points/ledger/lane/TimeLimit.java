package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees to it that nobody waits too long for an answer. */
public interface TimeLimit {

  /**
   * The answer, or its being late, on the caller's own context.
   *
   * @return failed also when there is no answer in this time
   */
  <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer);

  /** By the timers of Vert.x. */
  static TimeLimit ofVertx() {
    return new TimeLimit() {
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
