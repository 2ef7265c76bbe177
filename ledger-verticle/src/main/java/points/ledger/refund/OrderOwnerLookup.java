package points.ledger.refund;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Refusal;
import points.ledger.commit.OrderEntries;
import points.ledger.forward.MergeRedirect;
import points.ledger.model.MemberKey;
import points.ledger.order.OrderMembers;

/**
 * Finds the member on which an order's refunds are decided, and submits them there.
 *
 * <p>The member changes when the order's accrual comes late, or when a sale of the order moves.
 * Example: a refund of order 1001 is sent to member 1873 while the sale moves to 2001. The lane of
 * 1873 refuses the refund. This class looks the order up again and submits the refund to 2001.
 */
final class OrderOwnerLookup {

  /** An order is moved once by hand and accrued once; more than that is not waited for. */
  private static final int TRIES_MAX = 3;

  private final OrderEntries entries;
  private final MergeRedirect ledger;

  OrderOwnerLookup(OrderEntries entries, MergeRedirect ledger) {
    this.entries = entries;
    this.ledger = ledger;
  }

  /**
   * Has a refund decided.
   *
   * @param owner as it was just looked up
   * @param refund the command, on the member or on the one into which it was merged
   */
  Future<Outcome> decide(
      RefundRequest wanted, MemberKey owner, Function<MemberKey, Refund> refund) {
    return decide(wanted, owner, refund, TRIES_MAX);
  }

  private Future<Outcome> decide(
      RefundRequest wanted, MemberKey owner, Function<MemberKey, Refund> refund, int tries) {
    return ledger
        .submit(owner, it -> refund.apply(it).onlyOf(owner))
        .compose(
            outcome ->
                isUnknown(outcome)
                    ? decideWhereItIsNow(wanted, outcome, refund, tries)
                    : Future.succeededFuture(outcome));
  }

  private static boolean isUnknown(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && refused.refusal() instanceof Refusal.OrderNotFound;
  }

  private Future<EntryHistory> historyOf(RefundRequest wanted) {
    return entries.historyOf(
        new HistoryQuery.OfOrder(wanted.programId(), wanted.storeId(), wanted.orderId()));
  }

  /**
   * Submits a refund, and submits it again while its sale moves.
   *
   * <p>A refund whose sale is on its way to another member, or has arrived there since the refusal,
   * is not refused for good.
   *
   * @param refused for good when nothing of the order stands
   */
  private Future<Outcome> decideWhereItIsNow(
      RefundRequest wanted, Outcome refused, Function<MemberKey, Refund> refund, int tries) {
    return historyOf(wanted)
        .compose(
            history -> {
              Optional<MemberKey> now = OrderMembers.main(history, wanted.orderPart());
              if (history.hasSaleOnItsWay() || (now.isPresent() && tries == 1)) {
                return Future.succeededFuture(new Outcome.NotApplied(Cause.OVERLOADED));
              }
              return now.isPresent()
                  ? decide(wanted, now.get(), refund, tries - 1)
                  : Future.succeededFuture(refused);
            });
  }
}
