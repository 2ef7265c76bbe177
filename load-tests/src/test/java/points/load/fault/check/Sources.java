package points.load.fault.check;

import org.jspecify.annotations.Nullable;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;

/** Where an entry says it came from, by what was asked for. */
final class Sources {
  private Sources() {}

  static Entry.Origin of(@Nullable Wish wish, @Nullable Long amount) {
    if (wish instanceof Wish.Merge merge) {
      return new Entry.Origin(null, null, amount, merge.operator(), merge.reason());
    } else if (wish instanceof Wish.Close close) {
      return new Entry.Origin(null, null, amount, close.operator(), close.reason());
    } else if (wish instanceof Wish.Adjustment adjustment) {
      return new Entry.Origin(null, null, amount, adjustment.operator(), adjustment.reason());
    } else if (wish instanceof Wish.Reversal reversal) {
      return new Entry.Origin(null, null, amount, reversal.operator(), reversal.reason());
    }
    if (wish instanceof Wish.Deduction it) {
      return new Entry.Origin(it.storeId(), it.orderId(), amount, null, it.reason());
    }
    if (wish instanceof Wish.Share share) {
      String reason = share.in() ? "contribution" : "withdrawal";
      return new Entry.Origin(null, null, amount, share.sharer(), reason);
    } else if (wish instanceof Wish.SharedDeduction it) {
      return new Entry.Origin(it.storeId(), it.orderId(), amount, it.sharer(), it.reason());
    }
    return new Entry.Origin("S1", wish == null ? null : order(wish), amount, null, null);
  }

  private static @Nullable String order(Wish wish) {
    if (wish instanceof Wish.Accrual accrual) {
      return accrual.orderId();
    } else if (wish instanceof Wish.TopUp topUp) {
      return topUp.orderId();
    } else if (wish instanceof Wish.Payment payment) {
      return payment.orderId();
    } else if (wish instanceof Wish.Hold hold) {
      return hold.orderId();
    } else if (wish instanceof Wish.Move move) {
      return move.sale().orderId();
    }
    return wish instanceof Wish.Refund refund ? refund.orderId() : null;
  }
}
