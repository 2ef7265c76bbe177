package points.gateway.batch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import points.gateway.web.CallResult;
import points.gateway.web.Formats;
import points.gateway.web.Problem;
import points.gateway.web.RefusalProblem;
import points.ledger.Ledger;
import points.ledger.command.Command;
import points.ledger.registry.Programs;
import points.ledger.review.Review;
import points.ledger.review.Review.LateSale;
import points.ledger.review.Reviews;
import points.ledger.rules.Program;
import points.ledger.store.OrderKey;
import points.ledger.store.PgEntryReader;
import points.ledger.store.RequestKey;

/**
 * Keeps orders of tills that were offline for too long, until a person accepts or rejects them.
 *
 * <p>An order that the ledger has already is not late, however old it is.
 */
final class LateOrders {

  /**
   * Greatest number of attempts: another request may file the key or the order between two
   * look-ups.
   */
  private static final int LOOKS_MAX = 3;

  private final Programs programs;
  private final Reviews reviews;
  private final PgEntryReader entries;

  LateOrders(Programs programs, Reviews reviews, Ledger ledger) {
    this.programs = programs;
    this.reviews = reviews;
    this.entries = ledger.entries();
  }

  /** Returns whether the sale arrives later than its program allows. */
  boolean isLate(Command sale, Instant arrivedAt) {
    Program program = programs.find(sale.member().programId());
    Instant paidAt = sale.paidAt();
    return program != null && paidAt != null && program.terms().isLate(paidAt, arrivedAt);
  }

  /**
   * Returns the answer to a late sale.
   *
   * @param type the type of the record that brought it
   * @param content the content of the call
   * @return empty when the ledger has an entry of its key or order, and will answer with it
   */
  Future<Optional<CallResult>> result(Command sale, String type, JsonObject content) {
    return isInLedger(sale)
        .compose(
            known ->
                known
                    ? Future.succeededFuture(Optional.empty())
                    : review(lateSale(sale, type, content), LOOKS_MAX).map(Optional::of));
  }

  private Future<Boolean> isInLedger(Command sale) {
    OrderKey order = Objects.requireNonNull(OrderKey.of(sale));
    RequestKey request = RequestKey.of(sale);
    return entries
        .ofRequests(List.of(request))
        .map(found -> request.among(found, sale.request().fingerprint()))
        .compose(
            byKey ->
                byKey.isEmpty()
                    ? entries.ofOrders(List.of(order)).map(byOrder -> !byOrder.isEmpty())
                    : Future.succeededFuture(true));
  }

  private static LateSale lateSale(Command sale, String type, JsonObject content) {
    return new LateSale(
        sale.member().programId(),
        sale.request().key(),
        sale.request().fingerprint(),
        type,
        sale.kind().name(),
        sale.member().memberId(),
        Objects.requireNonNull(sale.origin().storeId()),
        Objects.requireNonNull(sale.origin().orderId()),
        content,
        Objects.requireNonNull(sale.paidAt()));
  }

  private Future<CallResult> review(LateSale sale, int looks) {
    return reviews
        .find(sale)
        .compose(
            there ->
                there
                    .map(it -> Future.succeededFuture(again(it, sale)))
                    .orElseGet(
                        () ->
                            reviews
                                .file(sale)
                                .compose(
                                    filed ->
                                        filed
                                            .map(it -> Future.succeededFuture(waits(it, false)))
                                            .orElseGet(() -> lookAgain(sale, looks)))));
  }

  private Future<CallResult> lookAgain(LateSale sale, int looks) {
    return looks > 1
        ? review(sale, looks - 1)
        : Future.failedFuture(new IllegalStateException("neither filed nor found: " + sale.key()));
  }

  private static CallResult again(Review there, LateSale sale) {
    if (there.sale().fingerprint().equals(sale.fingerprint())) {
      return waits(there, true);
    }
    return new CallResult.Failure(
        there.sale().key().equals(sale.key())
            ? Problem.of(
                RefusalProblem.IDEMPOTENCY_KEY_REUSED, "This key was used for another request.")
            : Problem.of(
                RefusalProblem.ORDER_ALREADY_PROCESSED,
                "The store's order is in review " + there.reviewId() + "."));
  }

  private static CallResult waits(Review review, boolean replayed) {
    return new CallResult.Success(
        202,
        replayed,
        new JsonObject()
            .put("status", Formats.label(review.status()))
            .put("reviewId", Long.toString(review.reviewId())));
  }
}
