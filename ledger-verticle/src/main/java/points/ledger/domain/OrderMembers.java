package points.ledger.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who took part in an order. */
public final class OrderMembers {

  private OrderMembers() {}

  /**
   * The member on which a refund is decided: whose lines come back. The shares of the others follow
   * from that.
   *
   * @return empty when nothing of the order stands
   */
  public static Optional<MemberKey> main(History history, @Nullable OrderPart part) {
    Order order = Order.of(history, part);
    return order.isUnknown() ? Optional.empty() : Optional.of(order.main());
  }
}
