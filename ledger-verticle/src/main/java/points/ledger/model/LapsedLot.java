package points.ledger.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of a lot that had expired unspent when the entry that brought them was undone.
 *
 * <p>Nobody could use them, so nobody owes them. Of each lot no more points lapse than have
 * expired.
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
