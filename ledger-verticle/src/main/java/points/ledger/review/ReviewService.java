package points.ledger.review;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import points.ledger.registry.SetupRequests;
import points.ledger.review.Review.Decision;
import points.ledger.trail.Recorder;

/**
 * Carries out what head office decides on reviews.
 *
 * <p>An accepted review is claimed, its call is submitted to the ledger, and the review is closed
 * with the entry that the call has made. For example: a node dies after the ledger has committed
 * the call. The review stays claimed; the next caller that accepts it submits the same call under
 * the till's key, the ledger answers with the entry of the first time, and the review is closed.
 *
 * @param <F> the reason why a call was not applied, in the terms of the caller
 */
public final class ReviewService<F> {

  /** The result of submitting the call of a review to the ledger. */
  public sealed interface Submitted<F> {

    /** The ledger has an entry of the call, from now or before. */
    record Applied<F>(String transactionId) implements Submitted<F> {}

    /** Nothing was applied. */
    record Refused<F>(F why) implements Submitted<F> {}

    /** The call may have been applied. */
    record InDoubt<F>(F why) implements Submitted<F> {}
  }

  /** The result of a decision on a review. */
  public sealed interface Result<F> {

    /**
     * The decision is carried out.
     *
     * @param replayed whether an earlier request with the same key had carried it out
     */
    record Done<F>(Review review, boolean replayed) implements Result<F> {}

    /** The review was accepted, and its call was not applied or is in doubt. */
    record CallFailed<F>(F why) implements Result<F> {}

    /** Another decision on the review came first. */
    record DecidedBefore<F>(Review review) implements Result<F> {}

    /** The program has no such review. */
    record NotFound<F>() implements Result<F> {}
  }

  private final Reviews reviews;

  public ReviewService(Reviews reviews) {
    this.reviews = reviews;
  }

  /**
   * Accepts a review: submits its call to the ledger, and closes the review with the entry.
   *
   * <p>When the ledger refuses the call, the review waits for another decision. When the call is in
   * doubt, the review stays claimed until somebody accepts it again.
   *
   * @param submit submits the call of the claimed review under the till's own key, so that the
   *     ledger applies it once
   * @return failed with {@link SetupRequests.KeyReusedException} when the decision's key stands for
   *     something else
   */
  public Future<Result<F>> accept(
      String programId,
      long reviewId,
      Decision decision,
      Function<Review, Future<Submitted<F>>> submit,
      Recorder<Review> recorder) {
    return reviews
        .claim(programId, reviewId, decision)
        .compose(
            claimed ->
                claimed
                    .map(
                        it ->
                            submit.apply(it).compose(submitted -> finish(it, submitted, recorder)))
                    .orElseGet(() -> decidedBefore(programId, reviewId, decision)));
  }

  /**
   * Rejects a review: the ledger never gets its call.
   *
   * @return as {@link #accept}
   */
  public Future<Result<F>> reject(
      String programId, long reviewId, Decision decision, Recorder<Review> recorder) {
    return reviews
        .reject(programId, reviewId, decision, recorder)
        .compose(
            rejected ->
                rejected
                    .map(it -> Future.succeededFuture(done(it)))
                    .orElseGet(() -> decidedBefore(programId, reviewId, decision)));
  }

  private Future<Result<F>> finish(
      Review claimed, Submitted<F> submitted, Recorder<Review> recorder) {
    if (submitted instanceof Submitted.Applied<F> applied) {
      return close(claimed, applied.transactionId(), recorder);
    } else if (submitted instanceof Submitted.Refused<F> refused) {
      return reviews.giveBack(claimed).map(new Result.CallFailed<>(refused.why()));
    } else if (submitted instanceof Submitted.InDoubt<F> inDoubt) {
      return Future.succeededFuture(new Result.CallFailed<>(inDoubt.why()));
    }
    throw new IllegalStateException("a call without an end: " + submitted);
  }

  /** Closes the review; when another caller has closed it meanwhile, returns what that one left. */
  private Future<Result<F>> close(Review claimed, String transactionId, Recorder<Review> recorder) {
    return reviews
        .close(claimed, transactionId, recorder)
        .compose(
            closed ->
                closed.isPresent()
                    ? Future.succeededFuture(closed)
                    : reviews.find(claimed.sale().programId(), claimed.reviewId()))
        .map(Optional::orElseThrow)
        .map(this::done);
  }

  private Result<F> done(Review review) {
    return new Result.Done<>(review, false);
  }

  private Future<Result<F>> decidedBefore(String programId, long reviewId, Decision decision) {
    return reviews
        .find(programId, reviewId)
        .compose(
            found ->
                found
                    .map(it -> decidedBefore(it, decision))
                    .orElseGet(() -> Future.succeededFuture(new Result.NotFound<>())));
  }

  private Future<Result<F>> decidedBefore(Review review, Decision decision) {
    Decision first = review.decision();
    if (first == null || !first.key().equals(decision.key())) {
      return Future.succeededFuture(new Result.DecidedBefore<>(review));
    }
    return first.fingerprint().equals(decision.fingerprint())
        ? Future.succeededFuture(new Result.Done<>(review, true))
        : Future.failedFuture(SetupRequests.reused());
  }
}
