package points.load.fault.check;

import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;
import points.load.model.Entry;

/** The origin of the entry of an operation. */
final class EntryOrigins {
  private EntryOrigins() {}

  static Entry.Origin of(@Nullable Operation operation, @Nullable Long amount) {
    if (operation instanceof Operation.Merge merge) {
      return new Entry.Origin(null, null, amount, merge.operator(), merge.reason());
    } else if (operation instanceof Operation.Close close) {
      return new Entry.Origin(null, null, amount, close.operator(), close.reason());
    } else if (operation instanceof Operation.Adjustment adjustment) {
      return new Entry.Origin(null, null, amount, adjustment.operator(), adjustment.reason());
    } else if (operation instanceof Operation.Reversal reversal) {
      return new Entry.Origin(null, null, amount, reversal.operator(), reversal.reason());
    }
    if (operation instanceof Operation.Deduction it) {
      return new Entry.Origin(it.storeId(), it.orderId(), amount, null, it.reason());
    }
    if (operation instanceof Operation.Share share) {
      String reason = share.in() ? "contribution" : "withdrawal";
      return new Entry.Origin(null, null, amount, share.sharer(), reason);
    } else if (operation instanceof Operation.SharedDeduction it) {
      return new Entry.Origin(it.storeId(), it.orderId(), amount, it.sharer(), it.reason());
    }
    return new Entry.Origin("S1", operation == null ? null : order(operation), amount, null, null);
  }

  private static @Nullable String order(Operation operation) {
    if (operation instanceof Operation.Accrual accrual) {
      return accrual.orderId();
    } else if (operation instanceof Operation.TopUp topUp) {
      return topUp.orderId();
    } else if (operation instanceof Operation.Payment payment) {
      return payment.orderId();
    } else if (operation instanceof Operation.Hold hold) {
      return hold.orderId();
    } else if (operation instanceof Operation.Move move) {
      return move.sale().orderId();
    }
    return operation instanceof Operation.Refund refund ? refund.orderId() : null;
  }
}
