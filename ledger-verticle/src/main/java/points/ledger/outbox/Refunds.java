package points.ledger.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.domain.Command;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.forward.Following;
import points.ledger.outbox.ParkedRows.Found;
import points.ledger.outbox.Refunded.Decided;
import points.ledger.outbox.Refunded.OtherParked;
import points.ledger.outbox.Refunded.Parked;
import points.ledger.store.EntryReader;
import points.ledger.store.RequestKey;

/**
 * Refunds of orders, whoever's they are. One that comes before its sale is parked: its row is
 * committed before the sale is looked for once more, and is looked at again until it is settled, so
 * either it is seen or the sale is.
 */
public final class Refunds {

  private static final Logger LOG = LoggerFactory.getLogger(Refunds.class);
  private static final int BATCH_MAX = 200;

  private final ParkedRows rows;
  private final EntryReader entries;
  private final Following ledger;
  private final Rounds rounds;
  private final Counter refused;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean working;

  public Refunds(
      Vertx vertx,
      Pool pool,
      EntryReader entries,
      Function<Command, Future<Outcome>> submit,
      MeterRegistry meters) {
    var outbox = new OutboxRows(pool);
    this.rows = new ParkedRows(pool);
    this.entries = entries;
    // What is taken back and given back is looked for where it is, not where it will be.
    this.ledger = new Following(submit, merged -> outbox.leaves(merged).map(leaves -> !leaves));
    this.rounds = new Rounds(vertx, "parked refunds", this::round);
    this.refused =
        Counter.builder("points.refunds.refused")
            .description("parked refunds that the rules refused when their sale came")
            .register(meters);
    Gauge.builder("points.refunds.parked", waiting, AtomicLong::get)
        .description("parked refunds that wait for their sale")
        .register(meters);
  }

  /** From now on this node takes part in applying what was parked. */
  public void begin() {
    working = true;
    rounds.begin();
  }

  /** Completes when this node has nothing under way any more. */
  public Future<Void> stop() {
    working = false;
    return rounds.stop();
  }

  /**
   * Refunds, or parks the refund when there is no such order yet. The sale is looked for before the
   * row: who saw the sale and finds no row then, knows that nobody has parked the same or will.
   */
  public Future<Refunded> submit(WantedRefund wanted) {
    return memberOf(wanted)
        .compose(
            member ->
                rows.find(wanted)
                    .compose(
                        found ->
                            found.isEmpty()
                                ? applyOrPark(wanted, member)
                                : Future.succeededFuture(again(wanted, found))));
  }

  /** The member whose order it is, as far as the order is known. */
  public Future<Optional<MemberKey>> memberOf(WantedRefund wanted) {
    return entries
        .ofOrder(wanted.programId(), wanted.storeId(), wanted.orderId())
        .map(found -> found.stream().filter(it -> isSale(it.kind())).findFirst())
        .map(sale -> sale.map(Entry::member));
  }

  /** Those of a program that were not applied, in the order in which they were parked. */
  public Future<List<ParkedRefund>> parked(String programId, long after, int limit) {
    return rows.page(programId, after, limit);
  }

  private static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, DEDUCTION, PAYMENT, CAPTURE -> true;
      default -> false;
    };
  }

  /** The key counts before the order, as everywhere. */
  private static Refunded again(WantedRefund wanted, List<Found> found) {
    Found first =
        found.stream()
            .filter(it -> it.refund().wanted().key().equals(wanted.key()))
            .findFirst()
            .orElse(found.get(0));
    if (first.fingerprint().equals(wanted.fingerprint())) {
      return new Parked(first.refund(), true);
    }
    return first.refund().wanted().key().equals(wanted.key())
        ? new Decided(new Outcome.Refused(new Refusal.KeyReused()))
        : new OtherParked();
  }

  private Future<Refunded> applyOrPark(WantedRefund wanted, Optional<MemberKey> member) {
    return member
        .map(it -> ledger.submit(it, wanted::of).<Refunded>map(Decided::new))
        .orElseGet(() -> park(wanted));
  }

  private Future<Refunded> park(WantedRefund wanted) {
    return entries
        .ofRequests(List.of(new RequestKey(wanted.programId(), wanted.key())))
        .compose(
            ofKey ->
                ofKey.isEmpty()
                    ? rows.park(wanted).compose(parked -> parked(wanted, parked))
                    : ofUsedKey(wanted));
  }

  /** What has its key may be this refund, if its sale has come meanwhile: the ledger knows. */
  private Future<Refunded> ofUsedKey(WantedRefund wanted) {
    return memberOf(wanted)
        .compose(
            member ->
                member.isPresent()
                    ? applyOrPark(wanted, member)
                    : Future.succeededFuture(
                        new Decided(new Outcome.Refused(new Refusal.KeyReused()))));
  }

  private Future<Refunded> parked(WantedRefund wanted, List<Found> parked) {
    if (parked.isEmpty()) { // another was faster, or the sale
      return rows.find(wanted)
          .compose(
              found ->
                  found.isEmpty()
                      ? memberOf(wanted)
                          .compose(member -> applyOrPark(wanted, Optional.of(member.orElseThrow())))
                      : Future.succeededFuture(again(wanted, found)));
    }
    return memberOf(wanted)
        .compose(
            member ->
                member.isPresent() && working
                    ? apply(wanted).otherwiseEmpty() // else in one of the next rounds
                    : Future.succeededFuture())
        .map(done -> new Parked(parked.get(0).refund(), false));
  }

  private Future<Boolean> round() {
    return rows.claim(BATCH_MAX)
        .compose(
            claimed ->
                Future.join(claimed.sold().stream().map(this::apply).toList())
                    .otherwiseEmpty()
                    .map(claimed.claimed() == BATCH_MAX))
        .compose(more -> rows.waiting().onSuccess(waiting::set).map(more));
  }

  /** Once, by its own key and by its order and refund id, however often it is tried. */
  private Future<Void> apply(WantedRefund wanted) {
    return memberOf(wanted)
        .compose(member -> ledger.submit(member.orElseThrow(), wanted::parkedOf))
        .compose(outcome -> settle(wanted, outcome))
        .onFailure(cause -> LOG.warn("parked refund not applied yet: {}", cause.toString()));
  }

  private Future<Void> settle(WantedRefund wanted, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return rows.settle(wanted, accepted.entry().transactionId(), null);
    } else if (outcome instanceof Outcome.Replayed replayed) {
      return rows.settle(wanted, replayed.entry().transactionId(), null);
    } else if (outcome instanceof Outcome.Refused no) {
      return rows.settle(wanted, null, no.refusal().kind().name())
          .onSuccess(kept -> refused.increment());
    }
    return Future.failedFuture("not decided: " + outcome);
  }
}
