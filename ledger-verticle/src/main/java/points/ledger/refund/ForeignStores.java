package points.ledger.refund;

import java.util.function.Predicate;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.refund.RefundResult.Decided;
import points.ledger.refund.RefundResult.Parked;

/**
 * Hides orders from stores that may not take back another store's orders.
 *
 * <p>Example: store S002 sends a refund of order 1001, which S001 sold. If the program does not let
 * S002 take back, S002 gets the same refusal whether order 1001 exists or not.
 */
final class ForeignStores {

  private final Predicate<RefundRequest> isAllowed;

  /**
   * @param isAllowed whether its program lets the store of a refund take back
   */
  ForeignStores(Predicate<RefundRequest> isAllowed) {
    this.isAllowed = isAllowed;
  }

  boolean mayTakeBack(RefundRequest wanted) {
    return isAllowed.test(wanted);
  }

  /** Replaces the results that say something about the order; a parked refund stays. */
  RefundResult hideRefusal(RefundRequest wanted, RefundResult became) {
    if (became instanceof Decided decided) {
      return new Decided(hideRefusal(wanted, decided.outcome()));
    }
    return became instanceof Parked || mayTakeBack(wanted) ? became : new Decided(notAllowed());
  }

  /**
   * Replaces a refusal by {@link Refusal.RefundStoreNotAllowed} when the store may not take back.
   *
   * <p>Two outcomes stay: a refund that this store made before, while it was allowed to, and a key
   * that its caller has used for something else.
   */
  Outcome hideRefusal(RefundRequest wanted, Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && !(refused.refusal() instanceof Refusal.KeyReused)
            && !mayTakeBack(wanted)
        ? notAllowed()
        : outcome;
  }

  private static Outcome notAllowed() {
    return new Outcome.Refused(new Refusal.RefundStoreNotAllowed());
  }
}
