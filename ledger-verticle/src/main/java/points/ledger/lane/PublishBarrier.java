package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Batches of a lane that were sent and are not yet finished and published. */
final class PublishBarrier {

  private record Waiter(long upTo, Promise<Void> done) {}

  private final Executor context;
  private final TreeSet<Long> open = new TreeSet<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long last;

  /**
   * @param context the lane's own; only {@link #whenPublished} may be called from elsewhere
   */
  PublishBarrier(Executor context) {
    this.context = context;
  }

  /** Notes that a batch is sent; returns its number. */
  long begin() {
    open.add(++last);
    return last;
  }

  void end(long batch) {
    open.remove(batch);
    long finished = open.isEmpty() ? last : open.first() - 1;
    while (!waiters.isEmpty() && waiters.peek().upTo() <= finished) {
      waiters.remove().done().complete();
    }
  }

  /**
   * Completes when every batch sent until now is finished; later ones are not waited for. Any
   * thread.
   */
  Future<Void> whenPublished() {
    Promise<Void> done = Promise.promise();
    context.execute(
        () -> {
          if (open.isEmpty()) {
            done.complete();
          } else {
            waiters.add(new Waiter(last, done));
          }
        });
    return done.future();
  }
}
