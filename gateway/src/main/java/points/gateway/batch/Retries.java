package points.gateway.batch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import points.gateway.web.CallResult;
import points.gateway.web.FaultMapping;
import points.gateway.web.Problem.Code;

/**
 * Tries records of batches again when the ledger was busy or their result is unknown.
 *
 * <p>They carry their key, so they are applied once however often they are tried.
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
   * @param counter run before each attempt but the first
   */
  Retries(BooleanSupplier stopping, Runnable counter) {
    this.stopping = stopping;
    this.counter = counter;
  }

  /**
   * Does the work until its result is final, or the attempts are used up.
   *
   * @param name the name of the record in the log
   * @return does not fail
   */
  Future<CallResult> run(Vertx vertx, Supplier<Future<CallResult>> work, String name) {
    return attempt(vertx, work, name, 1);
  }

  private Future<CallResult> attempt(
      Vertx vertx, Supplier<Future<CallResult>> work, String name, int tries) {
    return Future.succeededFuture()
        .compose(now -> work.get())
        .otherwise(cause -> new CallResult.Failure(FaultMapping.problem(cause, name)))
        .compose(
            result -> {
              if (tries == TRIES_MAX || stopping.getAsBoolean() || !mayChange(result)) {
                return Future.succeededFuture(result);
              }
              counter.run();
              return vertx
                  .timer(pauseMs(tries))
                  .compose(
                      again ->
                          stopping.getAsBoolean()
                              ? Future.succeededFuture(result)
                              : attempt(vertx, work, name, tries + 1));
            });
  }

  private static boolean mayChange(CallResult result) {
    return result instanceof CallResult.Failure failure
        && failure.problem().code().isRetryable()
        && failure.problem().code() != Code.INTERNAL_ERROR;
  }

  /**
   * Returns the pause before the next attempt. Half of it is random, so that records that were
   * refused together do not return together.
   */
  private static long pauseMs(int tries) {
    long pause = Math.min(PAUSE_MS << (tries - 1), PAUSE_MS_MAX);
    return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2) + 1;
  }
}
