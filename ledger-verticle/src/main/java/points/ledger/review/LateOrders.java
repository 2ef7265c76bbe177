package points.ledger.review;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.review.Review.LateSale;

/**
 * Submits orders that tills send in batches. An order that arrives later than its program allows is
 * not decided but filed for review. An order that has an entry is not late any more, however old.
 */
public final class LateOrders {

  /** The result of an order. */
  public sealed interface Result {

    /** The ledger has decided it, now or before. */
    record Decided(Outcome outcome) implements Result {}

    /** It waits for a decision of head office, or has got one. */
    record Filed(Review review, boolean replayed) implements Result {}

    /** A review of the same key or the same order has another content. */
    record OtherFiled(Review review, boolean sameKey) implements Result {}
  }

  /** The key or the order was filed by another caller between two looks. */
  private static final int LOOKS_MAX = 3;

  private final Programs programs;
  private final Reviews reviews;
  private final Function<Command, Future<Outcome>> submit;
  private final Function<Command, Future<Outcome>> replay;

  /**
   * @param submit decides a command, and commits it
   * @param replay answers a command that has an entry, and else writes nothing
   */
  public LateOrders(
      Programs programs,
      Reviews reviews,
      Function<Command, Future<Outcome>> submit,
      Function<Command, Future<Outcome>> replay) {
    this.programs = programs;
    this.reviews = reviews;
    this.submit = submit;
    this.replay = replay;
  }

  /**
   * Submits an order, or files it when it is late.
   *
   * @param sale an accrual or a top-up
   * @param type of the record that brought it
   * @param content of the call
   */
  public Future<Result> submit(Command sale, Instant arrivedAt, String type, JsonObject content) {
    if (!isLate(sale, arrivedAt)) {
      return submit.apply(sale).map(Result.Decided::new);
    }
    return replay
        .apply(sale)
        .compose(
            outcome ->
                outcome instanceof Outcome.NoEntry
                    ? review(lateSale(sale, type, content), LOOKS_MAX)
                    : Future.succeededFuture(new Result.Decided(outcome)));
  }

  private boolean isLate(Command sale, Instant arrivedAt) {
    Program program = programs.find(sale.member().programId());
    Instant paidAt = sale.paidAt();
    return program != null && paidAt != null && program.terms().isLate(paidAt, arrivedAt);
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

  private Future<Result> review(LateSale sale, int looks) {
    return reviews
        .find(sale)
        .compose(
            there ->
                there
                    .map(it -> Future.succeededFuture(repeated(it, sale)))
                    .orElseGet(() -> file(sale, looks)));
  }

  private Future<Result> file(LateSale sale, int looks) {
    return reviews
        .file(sale)
        .compose(
            filed ->
                filed
                    .map(it -> Future.<Result>succeededFuture(new Result.Filed(it, false)))
                    .orElseGet(() -> lookAgain(sale, looks)));
  }

  private Future<Result> lookAgain(LateSale sale, int looks) {
    return looks > 1
        ? review(sale, looks - 1)
        : Future.failedFuture(new IllegalStateException("neither filed nor found: " + sale.key()));
  }

  private static Result repeated(Review there, LateSale sale) {
    return there.sale().fingerprint().equals(sale.fingerprint())
        ? new Result.Filed(there, true)
        : new Result.OtherFiled(there, there.sale().key().equals(sale.key()));
  }
}
