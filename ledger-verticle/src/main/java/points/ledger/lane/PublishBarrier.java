package points.ledger.lane;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Which batches of a lane are not settled: sent, and not yet seen by the other nodes. */
final class PublishBarrier {

  private record Waiter(long upTo, Promise<Void> done) {}

  private final Executor context;
  private final TreeSet<Long> open = new TreeSet<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long last;

  /**
   * @param context the lane's, to which all but {@link #allSoFar} belongs
   */
  PublishBarrier(Executor context) {
    this.context = context;
  }

  /** A batch is sent; gives its number. */
  long begin() {
    open.add(++last);
    return last;
  }

  void end(long batch) {
    open.remove(batch);
    long settled = open.isEmpty() ? last : open.first() - 1;
    while (!waiters.isEmpty() && waiters.peek().upTo() <= settled) {
      waiters.remove().done().complete();
    }
  }

  /**
   * Completes when all that were sent up to now are settled; those sent later are not waited for.
   * Any thread.
   */
  Future<Void> allSoFar() {
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
