package points.ledger.model;

import java.util.SortedMap;

/**
 * The share of a refund that falls to another member that took part in the order.
 *
 * <p>Such a member is a pool that paid, or another card of the same person; the refund itself
 * stands on the member whose lines come back.
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
