package points.load.fault.history;

import org.jspecify.annotations.Nullable;
import points.load.model.Entry;

/** The origin of the entry of an operation. */
public final class EntryOrigins {
  private EntryOrigins() {}

  /** Returns the origin; the amount is null where the operation names none. */
  public static Entry.Origin of(@Nullable Operation operation, @Nullable Long amount) {
    if (operation instanceof Operation.ByOperator it) {
      return new Entry.Origin(null, null, amount, it.operator(), it.reason());
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
    if (operation instanceof Operation.Move move) {
      return move.sale().orderId();
    }
    return operation instanceof Operation.OfOrder it ? it.orderId() : null;
  }
}
