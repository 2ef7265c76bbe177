package points.ledger.refund;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.PollingLoop;
import points.ledger.command.Outcome;
import points.ledger.refund.WaitingRefundTable.Claimed;
import points.ledger.refund.WaitingRefundTable.Waiting;

/**
 * Applies parked refunds when their sale has come, in the order in which they were parked.
 *
 * <p>Example: refunds R1 and R2 of order 1001 are parked, and the sale comes. A node claims R1 and
 * applies it. R2 can be claimed only after R1 has ended, by this node or another. A refund whose
 * sale does not come in time becomes a review.
 */
final class ParkedRefundApplier {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedRefundApplier.class);
  private static final int BATCH_MAX = 200;

  private final WaitingRefundTable rows;
  private final ParkedRefundTable orders;
  private final OrderOwnerLookup owners;
  private final PollingLoop rounds;
  private final Counter refused;
  private final Counter lapsed;
  private final AtomicReference<Waiting> waiting = new AtomicReference<>(new Waiting(0, 0));

  ParkedRefundApplier(
      Supplier<Future<Void>> pause,
      RefundTables tables,
      OrderOwnerLookup owners,
      MeterRegistry meters) {
    this.rows = tables.waiting();
    this.orders = tables.parked();
    this.owners = owners;
    this.rounds = new PollingLoop(pause, "parked refunds");
    this.refused =
        Counter.builder("points.refunds.refused")
            .description("parked refunds that the rules refused when their sale came")
            .register(meters);
    this.lapsed =
        Counter.builder("points.refunds.lapsed")
            .description("parked refunds whose sale did not come in time, and became reviews")
            .register(meters);
    Gauge.builder("points.refunds.parked", waiting, it -> it.get().rows())
        .description("parked refunds that wait for their sale")
        .register(meters);
    Gauge.builder("points.refunds.parked.oldest", waiting, it -> it.get().oldestSeconds())
        .description("age of the parked refund that has waited longest for its sale")
        .baseUnit("seconds")
        .register(meters);
  }

  void begin() {
    rounds.start(this::round);
  }

  Future<Void> stop() {
    return rounds.stop();
  }

  /**
   * Applies those of an order whose sale is there.
   *
   * @return failed when one of them is to be tried again
   */
  Future<Void> applyOf(RefundRequest ofOrder) {
    return rows.take(ofOrder)
        .compose(
            taken ->
                taken.isEmpty()
                    ? Future.succeededFuture()
                    : apply(taken.get())
                        .compose(outcome -> markEnded(taken.get(), outcome))
                        .compose(ended -> applyOf(ofOrder)));
  }

  /** Once, by the refund's own key and by its order and refund id, however often it is tried. */
  private Future<Outcome> apply(RefundRequest parked) {
    return orders
        .lookUp(parked)
        .map(order -> order.owner(parked.orderPart()).orElseThrow())
        .compose(owner -> owners.decide(parked, owner, parked::toCommandOfParked));
  }

  /**
   * Records the entry of a lapsed refund that was applied after all. A refusal is not recorded: the
   * refund stays lapsed, and its review open.
   */
  Future<Void> recordAppliedLapsed(RefundRequest wanted, Outcome outcome) {
    String transactionId = transactionOf(outcome);
    return transactionId == null
        ? Future.succeededFuture()
        : rows.markEnded(wanted, transactionId, null).mapEmpty();
  }

  private Future<Boolean> round() {
    return rows.claim(BATCH_MAX)
        .compose(
            claimed ->
                Future.join(anyOfEach(claimed).stream().map(this::tryOf).toList())
                    .otherwiseEmpty()
                    .map(claimed.claimed() == BATCH_MAX))
        .compose(
            more ->
                rows.lapse(BATCH_MAX)
                    .onSuccess(lapsed::increment)
                    .map(some -> more || some == BATCH_MAX))
        .compose(more -> rows.waiting().onSuccess(waiting::set).map(more));
  }

  /** One refund of each order that has some whose sale is there. */
  private static Collection<RefundRequest> anyOfEach(Claimed claimed) {
    var orders = new LinkedHashMap<List<String>, RefundRequest>();
    for (RefundRequest it : claimed.sold()) {
      orders.put(List.of(it.programId(), it.storeId(), it.orderId()), it);
    }
    return orders.values();
  }

  private Future<Void> tryOf(RefundRequest ofOrder) {
    return applyOf(ofOrder)
        .onFailure(
            cause ->
                LOG.warn(
                    "parked refunds of order {} of store {}, program {}, not applied; a node tries"
                        + " again: {}",
                    ofOrder.orderId(),
                    ofOrder.storeId(),
                    ofOrder.programId(),
                    cause.toString()));
  }

  private Future<Void> markEnded(RefundRequest wanted, Outcome outcome) {
    String transactionId = transactionOf(outcome);
    if (transactionId != null) {
      return rows.markEnded(wanted, transactionId, null).mapEmpty();
    } else if (outcome instanceof Outcome.Refused no) {
      return rows.markEnded(wanted, null, no.refusal().kind().name())
          .onSuccess(isNew -> refused.increment(isNew ? 1 : 0))
          .mapEmpty();
    }
    return Future.failedFuture("not decided: " + outcome);
  }

  private static @Nullable String transactionOf(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted.entry().transactionId();
    }
    return outcome instanceof Outcome.Replayed replayed ? replayed.entry().transactionId() : null;
  }
}
