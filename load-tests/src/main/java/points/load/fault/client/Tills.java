package points.load.fault.client;

import org.jspecify.annotations.Nullable;
import points.load.fault.history.Wish;

/** What stores' tills ask for by themselves, with the API key of their store. */
final class Tills {
  private Tills() {}

  /** The store whose tills may ask for it; null when head office does. */
  static @Nullable String of(Wish wish) {
    if (wish instanceof Wish.Accrual sale) {
      return sale.storeId();
    } else if (wish instanceof Wish.Deduction deduction) {
      return deduction.storeId();
    } else if (wish instanceof Wish.SharedDeduction deduction) {
      return deduction.storeId();
    } else if (wish instanceof Wish.Hold hold) {
      return hold.storeId();
    } else if (wish instanceof Wish.TopUp topUp) {
      return topUp.storeId();
    } else if (wish instanceof Wish.Payment payment) {
      return payment.storeId();
    } else if (wish instanceof Wish.Refund refund) {
      return refund.refundStoreId() == null ? refund.storeId() : refund.refundStoreId();
    }
    return null;
  }
}
