package points.ledger.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of a lot that had expired unspent when what brought them was undone: nobody could use
 * them, so nobody owes them. Of each lot no more of them lapse than have expired.
 *
 * @param lot its expiry, and how many points
 * @param of the id of the member whose expiry they were part of, for points outlast their member
 *     when it is merged; null in entries of earlier versions, where it is the entry's own
 */
public record LapsedLot(String account, Lot lot, @Nullable String of) {

  /** Those that lapsed by an entry. */
  public static List<LapsedLot> of(Entry entry) {
    return entry.detail() == null ? List.of() : entry.detail().lapsedLots();
  }
}
