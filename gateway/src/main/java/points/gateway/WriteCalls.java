package points.gateway;

import java.util.HashMap;
import java.util.Map;
import points.gateway.call.WriteCall;
import points.gateway.command.AccrualRoutes;
import points.gateway.command.AdjustmentRoutes;
import points.gateway.command.DeductionRoutes;
import points.gateway.command.ExchangeRoutes;
import points.gateway.command.FreezeRoutes;
import points.gateway.command.GiftRoutes;
import points.gateway.command.HoldRoutes;
import points.gateway.command.MoveRoutes;
import points.gateway.command.PendingRoutes;
import points.gateway.command.RefundRoutes;
import points.gateway.command.ReversalRoutes;
import points.gateway.command.StoredValueRoutes;
import points.gateway.command.TierCallRoutes;
import points.gateway.command.TransferRoutes;
import points.gateway.setup.OpeningRoutes;
import points.gateway.setup.PhoneField;
import points.gateway.web.ApiRouter;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.model.Status;
import points.ledger.registry.Stores;

/** The calls that change what members have, each to be made alone or as a record of a batch. */
final class WriteCalls {

  private final AccrualRoutes accruals;
  private final DeductionRoutes deductions;
  private final AdjustmentRoutes adjustments;
  private final GiftRoutes gifts;
  private final RefundRoutes refunds;
  private final ReversalRoutes reversals;
  private final TransferRoutes transfers;
  private final HoldRoutes holds;
  private final PendingRoutes pending;
  private final StoredValueRoutes storedValue;
  private final ExchangeRoutes exchanges;
  private final FreezeRoutes statuses;
  private final OpeningRoutes openings;
  private final MoveRoutes moves;
  private final TierCallRoutes tiers;

  WriteCalls(Ledger ledger, Registry registry) {
    Stores stores = registry.stores();
    this.accruals = new AccrualRoutes(ledger, stores);
    this.deductions = new DeductionRoutes(ledger, stores);
    this.adjustments = new AdjustmentRoutes(ledger, stores);
    this.gifts = new GiftRoutes(ledger, stores);
    this.refunds = new RefundRoutes(ledger, stores);
    this.reversals = new ReversalRoutes(ledger);
    this.transfers = new TransferRoutes(ledger, stores);
    this.holds = new HoldRoutes(ledger, stores);
    this.pending = new PendingRoutes(ledger);
    this.storedValue = new StoredValueRoutes(ledger, stores);
    this.exchanges = new ExchangeRoutes(ledger, stores);
    this.statuses = new FreezeRoutes(ledger);
    this.moves = new MoveRoutes(ledger);
    this.tiers = new TierCallRoutes(ledger, stores);
    this.openings = new OpeningRoutes(ledger, new PhoneField(registry.programs()));
  }

  void mount(ApiRouter api) {
    accruals.mount(api);
    deductions.mount(api);
    adjustments.mount(api);
    gifts.mount(api);
    refunds.mount(api);
    reversals.mount(api);
    transfers.mount(api);
    holds.mount(api);
    pending.mount(api);
    storedValue.mount(api);
    exchanges.mount(api);
    statuses.mount(api);
    openings.mount(api);
    moves.mount(api);
    tiers.mount(api);
  }

  /** Returns the calls that are made when a review is accepted, by the review's type. */
  Map<String, WriteCall> asReviewed() {
    var calls = new HashMap<>(asLines());
    calls.put("refund", refunds.lapsed());
    return calls;
  }

  /** Returns the calls by the type that a record of a batch names. */
  Map<String, WriteCall> asLines() {
    return Map.ofEntries(
        Map.entry("accrual", accruals.accrual()),
        Map.entry("deduction", deductions.deduction()),
        Map.entry("adjustment", adjustments.adjustment()),
        Map.entry("gift", gifts.gift()),
        Map.entry("refund", refunds.refund()),
        Map.entry("withdrawRefund", refunds.withdrawal()),
        Map.entry("reversal", reversals.reversal()),
        Map.entry("transfer", transfers.transfer()),
        Map.entry("hold", holds.hold()),
        Map.entry("capture", holds.capture()),
        Map.entry("release", holds.release()),
        Map.entry("topUp", storedValue.topUp()),
        Map.entry("payment", storedValue.payment()),
        Map.entry("move", moves.move()),
        Map.entry("exchange", exchanges.exchange()),
        Map.entry("activate", pending.end(true)),
        Map.entry("cancel", pending.end(false)),
        Map.entry("freeze", statuses.change(Status.FROZEN)),
        Map.entry("unfreeze", statuses.change(Status.ACTIVE)),
        Map.entry("opening", openings.opening()));
  }
}
