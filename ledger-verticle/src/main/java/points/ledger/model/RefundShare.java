package points.ledger.model;

import java.util.SortedMap;

/**
 * The share of a refund that falls to another member that took part in the order.
 *
 * <p>Example: a pool paid for an order on the card of member 1873. The refund is an entry of 1873;
 * the points that the pool paid go back to the pool, as its share.
 *
 * @param memberId as the sale names it; it may have been merged into another since
 * @param takenBack of what it earned by the order, by account
 * @param givenBack of what it spent for the order, by account
 */
public record RefundShare(
    String memberId, SortedMap<String, Long> takenBack, SortedMap<String, Long> givenBack) {

  public boolean isEmpty() {
    return takenBack.isEmpty() && givenBack.isEmpty();
  }
}
