package points.gateway.http;

import java.util.HashMap;
import java.util.Map;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.model.Status;
import points.ledger.registry.Stores;

/** The calls that change what members have, each to be made alone or as a line of a batch. */
final class Calls {

  private final AccrualRoutes accruals;
  private final DeductionRoutes deductions;
  private final AdjustmentRoutes adjustments;
  private final RefundRoutes refunds;
  private final ReversalRoutes reversals;
  private final TransferRoutes transfers;
  private final HoldRoutes holds;
  private final PendingRoutes pending;
  private final StoredValueRoutes storedValue;
  private final ExchangeRoutes exchanges;
  private final StatusRoutes statuses;
  private final OpeningRoutes openings;
  private final MoveRoutes moves;

  Calls(Ledger ledger, Registry registry) {
    Stores stores = registry.stores();
    this.accruals = new AccrualRoutes(ledger, stores);
    this.deductions = new DeductionRoutes(ledger, registry);
    this.adjustments = new AdjustmentRoutes(ledger);
    this.refunds = new RefundRoutes(ledger, stores);
    this.reversals = new ReversalRoutes(ledger);
    this.transfers = new TransferRoutes(ledger, stores);
    this.holds = new HoldRoutes(ledger, stores);
    this.pending = new PendingRoutes(ledger);
    this.storedValue = new StoredValueRoutes(ledger, stores);
    this.exchanges = new ExchangeRoutes(ledger, stores);
    this.statuses = new StatusRoutes(ledger);
    this.moves = new MoveRoutes(ledger);
    this.openings = new OpeningRoutes(ledger, registry.profiles(), new Phones(registry.programs()));
  }

  void mount(Api api) {
    accruals.mount(api);
    deductions.mount(api);
    adjustments.mount(api);
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
  }

  /** By the type of a review: what is done when it is accepted. */
  Map<String, Call> asReviewed() {
    var calls = new HashMap<>(asLines());
    calls.put("refund", refunds.lapsed());
    return calls;
  }

  /** By the type that a line gives. */
  Map<String, Call> asLines() {
    return Map.ofEntries(
        Map.entry("accrual", accruals.accrual()),
        Map.entry("deduction", deductions.deduction()),
        Map.entry("adjustment", adjustments.adjustment()),
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
