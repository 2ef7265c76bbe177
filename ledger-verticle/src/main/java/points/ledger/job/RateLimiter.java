package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Limits work to a rate. It does a few items at a time; the next few start when these are done and
 * their share of the second has passed.
 */
final class RateLimiter {

  private final Vertx vertx;
  private final int perSecond;
  private final int atOnce;

  /**
   * @param perSecond items in a second; 1 or more
   * @param atOnceMax most items under way together
   */
  RateLimiter(Vertx vertx, int perSecond, int atOnceMax) {
    this.vertx = vertx;
    this.perSecond = perSecond;
    this.atOnce = Math.max(1, Math.min(atOnceMax, perSecond / 10));
  }

  /**
   * Sums up what came of each.
   *
   * @param goesOn asked before each few; what is left then is not done
   * @return failed when one has failed, and then the few after it have not begun
   */
  <T> Future<Long> forEach(List<T> all, BooleanSupplier goesOn, Function<T, Future<Long>> each) {
    if (all.isEmpty() || !goesOn.getAsBoolean()) {
      return Future.succeededFuture(0L);
    }
    List<T> few = all.subList(0, Math.min(atOnce, all.size()));
    List<T> rest = all.subList(few.size(), all.size());
    long begun = System.nanoTime();
    var results = new ArrayList<Future<Long>>(few.size());
    few.forEach(it -> results.add(each.apply(it)));
    return Future.join(results)
        .compose(done -> pause(few.size(), begun))
        .compose(
            paused ->
                forEach(rest, goesOn, each)
                    .map(ofRest -> ofRest + results.stream().mapToLong(Future::result).sum()));
  }

  private Future<?> pause(int members, long begun) {
    long nanos = TimeUnit.SECONDS.toNanos(members) / perSecond - (System.nanoTime() - begun);
    long ms = TimeUnit.NANOSECONDS.toMillis(nanos);
    return ms > 0 ? vertx.timer(ms) : Future.succeededFuture();
  }
}
