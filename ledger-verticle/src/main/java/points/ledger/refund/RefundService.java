package points.ledger.refund;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Refusal;
import points.ledger.commit.OrderEntries;
import points.ledger.commit.RequestKey;
import points.ledger.forward.MergeRedirect;
import points.ledger.model.MemberKey;
import points.ledger.refund.ParkedRefund.Status;
import points.ledger.refund.ParkedRefundTable.Found;
import points.ledger.refund.RefundResult.Decided;
import points.ledger.refund.RefundResult.OtherParked;
import points.ledger.refund.RefundResult.Parked;
import points.ledger.refund.RefundResult.Unknown;
import points.ledger.refund.WithdrawResult.NotParked;
import points.ledger.refund.WithdrawResult.TooLate;
import points.ledger.refund.WithdrawResult.Withdrawn;
import points.ledger.trail.TrailChange;

/**
 * Refunds orders, whichever members they belong to.
 *
 * <p>A refund that comes before its sale, and has the facts to recognize it, is parked: this node
 * commits a row for the refund, and only then looks for the sale once more. Example: the refund of
 * order 1001 comes while the accrual of 1001 is on its way, and the first look finds no sale.
 *
 * <ul>
 *   <li>The accrual is committed before the row. Then the second look finds the sale, or PostgreSQL
 *       has seen it already and parks nothing; the refund is applied at once.
 *   <li>The accrual is committed after the row. Then the second look finds nothing, and the call is
 *       answered by a parked refund. {@link ParkedRefundApplier} looks at the row again and again,
 *       on any node, finds the sale, and applies the refund.
 * </ul>
 */
public final class RefundService {

  private final ParkedRefundTable rows;
  private final ParkedRefundApplier waiting;
  private final OrderEntries entries;
  private final OrderOwnerLookup owners;
  private final ForeignStores foreign;
  private volatile boolean working;

  /**
   * @param submit carries a command out; its replays say how their entries have been undone since
   * @param isAllowed whether its program lets the store take back that is to
   * @param pause completes when the pause between two rounds is over
   */
  public RefundService(
      RefundTables tables,
      OrderEntries entries,
      Function<Command, Future<Outcome>> submit,
      Predicate<RefundRequest> isAllowed,
      Supplier<Future<Void>> pause,
      MeterRegistry meters) {
    this.rows = tables.parked();
    this.entries = entries;
    // Points to take back and give back are looked for where they are, not where they will be.
    var ledger =
        new MergeRedirect(submit, merged -> tables.outbox().leaves(merged).map(leaves -> !leaves));
    this.owners = new OrderOwnerLookup(entries, ledger);
    this.foreign = new ForeignStores(isAllowed);
    this.waiting = new ParkedRefundApplier(pause, tables, owners, meters);
  }

  /** From now on this node takes part in applying what was parked. */
  public void begin() {
    working = true;
    waiting.begin();
  }

  /** Completes when this node has nothing under way any more. */
  public Future<Void> stop() {
    working = false;
    return waiting.stop();
  }

  /**
   * Applies a refund, or parks it when there is no such order yet.
   *
   * <p>A store that may not take back other stores' orders is refused, whether or not the order is
   * known. If the same refund was applied before, its first answer is returned.
   */
  public Future<RefundResult> submit(RefundRequest wanted) {
    return decide(wanted).map(became -> foreign.hideRefusal(wanted, became));
  }

  private Future<RefundResult> decide(RefundRequest wanted) {
    return rows.lookUp(wanted)
        .compose(
            order -> order.isParkedBefore() ? parkedBefore(wanted) : applyOrPark(wanted, order));
  }

  /** Parked rows are kept for good, so the row that was seen is found. */
  private Future<RefundResult> parkedBefore(RefundRequest wanted) {
    return rows.find(wanted)
        .compose(found -> entries.awaitReplicated().map(done -> repeated(wanted, found)));
  }

  /** Returns whether the program lets the store take it back; if not, it learns nothing more. */
  public boolean isAllowed(RefundRequest wanted) {
    return foreign.mayTakeBack(wanted);
  }

  /** Looks up the order of a refund. */
  public Future<OrderSnapshot> lookUp(RefundRequest wanted) {
    return rows.lookUp(wanted);
  }

  /**
   * Returns a program's refunds that were not applied, in the order in which they were parked.
   *
   * @param status only those; null for all
   */
  public Future<List<ParkedRefund>> parked(
      String programId, @Nullable Status status, long after, int limit) {
    return rows.page(programId, status, after, limit);
  }

  /** The parked refund of this store, order and refund id; empty when none was parked. */
  public Future<Optional<ParkedRefund>> find(RefundRequest named) {
    return rows.one(named);
  }

  /**
   * A parked refund waits no longer, unless its sale is there. Once, however often it is asked for.
   *
   * @param named by its store, order and refund id; its key is the call's
   */
  public Future<WithdrawResult> withdraw(RefundRequest named, TrailChange trail) {
    return rows.withdraw(named, trail)
        .compose(
            withdrawn ->
                withdrawn.isPresent()
                    ? Future.succeededFuture(new Withdrawn(withdrawn.get(), false))
                    : rows.one(named).map(RefundService::withdrawnBefore));
  }

  private static WithdrawResult withdrawnBefore(Optional<ParkedRefund> found) {
    if (found.isEmpty()
        || found.get().status() == Status.PARKED) { // parked since it was looked for
      return new NotParked();
    }
    ParkedRefund refund = found.get();
    return refund.status() == Status.WITHDRAWN ? new Withdrawn(refund, true) : new TooLate(refund);
  }

  /**
   * Applies a refund whose sale did not come in time, because a person has decided so.
   *
   * <p>It does not matter when the sale was made, but it has to match what the refund says of it.
   */
  public Future<Outcome> applyLapsed(RefundRequest named) {
    return rows.one(named).compose(found -> applyLapsed(found.orElseThrow()));
  }

  private Future<Outcome> applyLapsed(ParkedRefund lapsed) {
    RefundRequest wanted = lapsed.wanted().atAnyTime();
    return rows.lookUp(wanted)
        .compose(order -> applyLapsed(wanted, order))
        .compose(
            outcome ->
                waiting
                    .recordAppliedLapsed(wanted, outcome)
                    .map(foreign.hideRefusal(wanted, outcome)));
  }

  private Future<Outcome> applyLapsed(RefundRequest wanted, OrderSnapshot order) {
    Optional<MemberKey> owner = order.owner(wanted.orderPart());
    if (owner.isEmpty()) {
      return Future.succeededFuture(refused(new Refusal.OrderNotFound()));
    }
    return order.misfit().isPresent()
        ? Future.succeededFuture(refused(new Refusal.OrderMismatch(order.misfit().get())))
        : owners.decide(wanted, owner.get(), wanted::toCommandOfParked);
  }

  private static Outcome refused(Refusal refusal) {
    return new Outcome.Refused(refusal);
  }

  /** The key counts before the order, as everywhere. */
  private static RefundResult repeated(RefundRequest wanted, List<Found> found) {
    Found first =
        found.stream()
            .filter(it -> it.refund().wanted().key().equals(wanted.key()))
            .findFirst()
            .orElse(found.get(0));
    if (first.fingerprint().equals(wanted.fingerprint())) {
      return new Parked(first.refund(), true);
    }
    return first.refund().wanted().key().equals(wanted.key())
        ? new Decided(refused(new Refusal.KeyReused()))
        : new OtherParked();
  }

  private Future<RefundResult> applyOrPark(RefundRequest wanted, OrderSnapshot order) {
    Optional<MemberKey> owner = order.owner(wanted.orderPart());
    if (owner.isEmpty()) {
      return park(wanted);
    }
    if (order.misfit().isPresent()) {
      Outcome mismatch = refused(new Refusal.OrderMismatch(order.misfit().get()));
      return entries
          .awaitReplicated()
          .compose(done -> unlessKeyIsUsed(wanted, new Decided(mismatch)));
    }
    return inTurn(wanted, order, owner.get()).map(Decided::new);
  }

  /** Applies the refunds that were parked before and whose sale this is, then this one. */
  private Future<Outcome> inTurn(RefundRequest wanted, OrderSnapshot order, MemberKey owner) {
    if (!order.hasDueRefunds()) {
      return owners.decide(wanted, owner, wanted::toCommand);
    }
    return waiting
        .applyOf(wanted)
        .transform(
            applied ->
                applied.succeeded()
                    ? owners.decide(wanted, owner, wanted::toCommand)
                    : Future.succeededFuture(new Outcome.NotApplied(Cause.OVERLOADED)));
  }

  private Future<RefundResult> park(RefundRequest wanted) {
    if (!wanted.mayWait() || !isAllowed(wanted)) {
      return unlessKeyIsUsed(wanted, new Unknown());
    }
    return isKeyUsed(wanted)
        .compose(
            used ->
                used
                    ? ofUsedKey(wanted)
                    : rows.park(wanted).compose(parked -> parked(wanted, parked)));
  }

  private Future<Boolean> isKeyUsed(RefundRequest wanted) {
    var request = new RequestKey(wanted.programId(), wanted.key());
    return entries
        .ofRequests(List.of(request))
        .map(found -> request.among(found, wanted.fingerprint()).isPresent());
  }

  private Future<RefundResult> unlessKeyIsUsed(RefundRequest wanted, RefundResult otherwise) {
    return isKeyUsed(wanted)
        .compose(used -> used ? ofUsedKey(wanted) : Future.succeededFuture(otherwise));
  }

  /**
   * Looks up the command that used its key: it may be this refund, if its sale has come meanwhile.
   */
  private Future<RefundResult> ofUsedKey(RefundRequest wanted) {
    return ownerOf(wanted)
        .compose(
            owner ->
                owner.isPresent()
                    ? owners.decide(wanted, owner.get(), wanted::toCommand).map(Decided::new)
                    : Future.succeededFuture(new Decided(refused(new Refusal.KeyReused()))));
  }

  private Future<RefundResult> parked(RefundRequest wanted, List<Found> parked) {
    return rows.lookUp(wanted)
        .compose(
            order -> {
              if (parked.isEmpty()) { // another was faster, or the sale
                return order.isParkedBefore() ? parkedBefore(wanted) : applyOrPark(wanted, order);
              }
              Future<Void> applied =
                  order.hasDueRefunds() && working
                      ? waiting.applyOf(wanted).otherwiseEmpty() // else in one of the next rounds
                      : Future.succeededFuture();
              return applied.map(done -> new Parked(parked.get(0).refund(), false));
            });
  }

  private Future<Optional<MemberKey>> ownerOf(RefundRequest wanted) {
    return rows.lookUp(wanted).map(order -> order.owner(wanted.orderPart()));
  }
}
