package points.gateway.batch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import points.cluster.timing.Backoff;
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

  /** Half of each pause is random: records that were refused together do not return together. */
  private static final Backoff PAUSES =
      Backoff.doubling(Duration.ofMillis(50), Duration.ofSeconds(2)).withJitter(0.5);

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
                  .timer(PAUSES.after(tries).toMillis())
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
}
