package points.ledger.model;

import java.util.SortedMap;

/**
 * What of a refund falls to a member that took part in the order beside the one whose lines come
 * back: a pool that paid, another card of the same person.
 *
 * @param memberId as the sale names it; it may go on as another
 * @param takenBack of what it earned by the order, by account
 * @param givenBack of what it spent for the order, by account
 */
public record RefundShare(
    String memberId, SortedMap<String, Long> takenBack, SortedMap<String, Long> givenBack) {

  public boolean isEmpty() {
    return takenBack.isEmpty() && givenBack.isEmpty();
  }
}
