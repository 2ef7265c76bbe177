package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import points.gateway.http.Problem.Code;

/**
 * Does the lines of batches again that the ledger could not take on, or of which nobody knows: they
 * carry their key, so they are done once however often they are tried.
 */
final class Retries {

  private static final int TRIES_MAX = 10;
  private static final long PAUSE_MS = 50;
  private static final long PAUSE_MS_MAX = 2_000;

  private final BooleanSupplier stopping;
  private final Runnable counter;

  /**
   * @param stopping whether the node stops, or the key of the batch was revoked, so that nothing is
   *     tried again
   * @param counter told of each try but the first
   */
  Retries(BooleanSupplier stopping, Runnable counter) {
    this.stopping = stopping;
    this.counter = counter;
  }

  /**
   * Does the work until there is something to be said that stays, or the tries are used up.
   *
   * @param name of whom it is for, in the log
   * @return does not fail
   */
  Future<Told> done(Vertx vertx, Supplier<Future<Told>> work, String name) {
    return tried(vertx, work, name, 1);
  }

  private Future<Told> tried(Vertx vertx, Supplier<Future<Told>> work, String name, int tries) {
    return Future.succeededFuture()
        .compose(now -> work.get())
        .otherwise(cause -> new Told.Not(Reply.problemOf(cause, name)))
        .compose(
            told -> {
              if (tries == TRIES_MAX || stopping.getAsBoolean() || !mayChange(told)) {
                return Future.succeededFuture(told);
              }
              counter.run();
              return vertx
                  .timer(pauseMs(tries))
                  .compose(
                      again ->
                          stopping.getAsBoolean()
                              ? Future.succeededFuture(told)
                              : tried(vertx, work, name, tries + 1));
            });
  }

  private static boolean mayChange(Told told) {
    return told instanceof Told.Not not
        && not.problem().code().isRetryable()
        && not.problem().code() != Code.INTERNAL_ERROR;
  }

  /** Half of it random, so that lines that were turned away together do not come together. */
  private static long pauseMs(int tries) {
    long pause = Math.min(PAUSE_MS << (tries - 1), PAUSE_MS_MAX);
    return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2) + 1;
  }
}
