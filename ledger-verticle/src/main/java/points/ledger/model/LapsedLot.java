package points.ledger.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;

/**
 * Points of a lot that had expired unspent when the entry that brought them was undone.
 *
 * <p>Nobody used them, so nobody owes them. No more points of a lot lapse than have expired of it.
 *
 * @param lot its expiry, and how many points
 * @param of the id of the member whose expiry they were part of, for points outlast their member
 *     when it is merged; null in entries of earlier versions, where it is the entry's own
 */
public record LapsedLot(String account, Lot lot, @Nullable String of) {

  /** Returns the points that lapsed by an entry. */
  public static List<LapsedLot> of(Entry entry) {
    return entry.detail() == null ? List.of() : entry.detail().lapsedLots();
  }
}
