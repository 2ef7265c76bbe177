package points.ledger.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.command.EntryHistory;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;

/** The members that took part in an order. */
public final class OrderMembers {

  private OrderMembers() {}

  /**
   * The member on which a refund is decided: whose lines come back. The shares of the others follow
   * from that.
   *
   * @return empty when nothing of the order stands
   */
  public static Optional<MemberKey> main(EntryHistory history, @Nullable OrderPart part) {
    RefundableOrder order = RefundableOrder.of(history, part);
    return order.isUnknown() ? Optional.empty() : Optional.of(order.main());
  }

  /** The rank of a sale by its kind; the member of the lowest one is the main member. */
  public static int rankOf(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, MOVE_IN, MOVE_RETURN -> 0;
      case PAYMENT -> 1;
      default -> 2;
    };
  }
}
