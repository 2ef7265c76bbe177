package points.load.fault.client;

import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;

/** What stores' tills ask for by themselves, with the API key of their store. */
final class TillOperations {
  private TillOperations() {}

  /** The store whose tills may ask for it; null when head office does. */
  static @Nullable String of(Operation operation) {
    if (operation instanceof Operation.Accrual sale) {
      return sale.storeId();
    } else if (operation instanceof Operation.Deduction deduction) {
      return deduction.storeId();
    } else if (operation instanceof Operation.SharedDeduction deduction) {
      return deduction.storeId();
    } else if (operation instanceof Operation.Hold hold) {
      return hold.storeId();
    } else if (operation instanceof Operation.TopUp topUp) {
      return topUp.storeId();
    } else if (operation instanceof Operation.Payment payment) {
      return payment.storeId();
    } else if (operation instanceof Operation.Refund refund) {
      return refund.refundStoreId() == null ? refund.storeId() : refund.refundStoreId();
    }
    return null;
  }
}
