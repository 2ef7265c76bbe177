package points.ledger.refund;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.commit.OrderEntries;
import points.ledger.forward.MergeRedirect;
import points.ledger.model.MemberKey;

/**
 * Tries refunds without writing anything.
 *
 * <p>A preview goes to the same member as the refund would, and waits like it: while the order's
 * sale is on its way to another member, the preview is answered as not applied.
 */
public final class RefundPreview {

  private final RefundService refunds;
  private final OrderOwnerLookup owners;

  /**
   * @param dryRun decides a command without writing
   */
  public RefundPreview(
      RefundService refunds,
      RefundTables tables,
      OrderEntries entries,
      Function<Command, Future<Outcome>> dryRun) {
    this.refunds = refunds;
    this.owners =
        new OrderOwnerLookup(
            entries,
            new MergeRedirect(
                dryRun, merged -> tables.outbox().leaves(merged).map(leaves -> !leaves)));
  }

  /** The outcome that a refund would have now. Nothing is written, and nothing is parked. */
  public Future<Outcome> preview(RefundRequest wanted) {
    if (!refunds.isAllowed(wanted)) {
      return refused(new Refusal.RefundStoreNotAllowed());
    }
    return refunds
        .lookUp(wanted)
        .compose(
            order -> {
              Optional<MemberKey> owner = order.owner(wanted.orderPart());
              if (owner.isEmpty()) {
                return refused(new Refusal.OrderNotFound());
              }
              return order.misfit().isPresent()
                  ? refused(new Refusal.OrderMismatch(order.misfit().get()))
                  : owners.decide(wanted, owner.get(), wanted::toCommand);
            });
  }

  private static Future<Outcome> refused(Refusal refusal) {
    return Future.succeededFuture(new Outcome.Refused(refusal));
  }
}
