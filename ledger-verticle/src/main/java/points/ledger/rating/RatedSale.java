package points.ledger.rating;

import java.util.stream.Stream;
import points.ledger.command.EntryHistory;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.order.RefundableOrder;

/**
 * The state of the sale that a member wants to rate.
 *
 * <p>A sale that came back, even wholly, was a visit and may be rated. A sale that was reversed was
 * booked by mistake, and may not.
 */
public enum RatedSale {
  /** The order is a sale of goods to the member, or to one that was merged into it. */
  STANDS,
  /** It was one, and was reversed. */
  REVERSED,
  /** It is on its way from one member to another; the next try finds where it is. */
  MOVING,
  /** The store has sold the member nothing under this number. */
  UNKNOWN;

  /** Returns the state by the entries of the order. */
  public static RatedSale of(EntryHistory order, MemberKey member) {
    if (isOne(order, RefundableOrder.of(order, OrderPart.GOODS).members().stream(), member)) {
      return STANDS;
    } else if (order.hasSaleOnItsWay()) {
      return MOVING;
    }
    Stream<MemberKey> undone =
        order.entries().stream()
            .filter(it -> it.origin().orderId() != null && isSaleOfGoods(it))
            .filter(it -> order.reversalOf(it).isPresent())
            .map(Entry::member);
    return isOne(order, undone, member) ? REVERSED : UNKNOWN;
  }

  private static boolean isSaleOfGoods(Entry entry) {
    return OrderPart.isSale(entry.kind()) && OrderPart.of(entry.kind()) == OrderPart.GOODS;
  }

  private static boolean isOne(EntryHistory order, Stream<MemberKey> buyers, MemberKey member) {
    return buyers.anyMatch(it -> order.goesOnAs(it).contains(member));
  }
}
