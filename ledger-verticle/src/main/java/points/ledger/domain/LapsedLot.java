package points.ledger.domain;

import java.util.List;

/**
 * Points of a lot that had expired unspent when what brought them was undone: nobody could use
 * them, so nobody owes them. Of each lot no more of them lapse than have expired.
 *
 * @param lot its expiry, and how many points
 */
public record LapsedLot(String account, Lot lot) {

  /** Those that lapsed by an entry. */
  public static List<LapsedLot> of(Entry entry) {
    return entry.detail() == null ? List.of() : entry.detail().lapsedLots();
  }
}
