package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work that a node does one piece at a time in each program, in the order in which it came. Work
 * whose turn does not come in time is not begun.
 */
final class ProgramQueue {

  private final Vertx vertx;
  private final int waitingMax;
  private final Duration waitMax;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Of each program the end of the work that came last. */
  private final ConcurrentHashMap<String, Future<Void>> last = new ConcurrentHashMap<>();

  /**
   * @param waitingMax pieces of work that wait or are done at a time; more are turned away
   * @param waitMax how long work waits for its turn
   */
  ProgramQueue(Vertx vertx, int waitingMax, Duration waitMax) {
    this.vertx = vertx;
    this.waitingMax = waitingMax;
    this.waitMax = waitMax;
  }

  /**
   * Does the work when the work of the program that came before it has ended.
   *
   * @param otherwise the result of work that was turned away or not begun in time
   */
  <T> Future<T> inTurn(String programId, Supplier<Future<T>> work, T otherwise) {
    if (waiting.incrementAndGet() > waitingMax) {
      waiting.decrementAndGet();
      return Future.succeededFuture(otherwise);
    }
    Promise<Void> end = Promise.promise();
    Future<Void> mine = end.future();
    Future<Void> before = last.put(programId, mine);
    var taken = new AtomicBoolean();
    Promise<T> result = Promise.promise();
    long timer =
        vertx.setTimer(
            waitMax.toMillis(),
            late -> {
              if (taken.compareAndSet(false, true)) {
                result.complete(otherwise);
              }
            });
    (before == null ? Future.<Void>succeededFuture() : before)
        .transform(
            turn -> {
              vertx.cancelTimer(timer);
              return taken.compareAndSet(false, true)
                  ? work.get().onComplete(result)
                  : Future.succeededFuture();
            })
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              last.remove(programId, mine);
              end.complete();
            });
    return result.future();
  }
}
