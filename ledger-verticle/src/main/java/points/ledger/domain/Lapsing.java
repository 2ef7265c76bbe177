package points.ledger.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lapses by one command: of that which has to come back, what had expired unspent. Of a lot no
 * more lapses than has expired of it, by all that was undone and stands.
 */
final class Lapsing {

  private final Books books;
  private final @Nullable History history;
  private final List<LapsedLot> lots = new ArrayList<>(0);

  /**
   * Begins with nothing.
   *
   * @param history with what expired; null when that is nothing
   */
  Lapsing(Books books, @Nullable History history) {
    this.books = books;
    this.history = history;
  }

  /**
   * Lets what is due of a lot lapse, as far as that has expired.
   *
   * @param earnedBy the member that had the lot first
   * @param before how much of it lapsed by entries that do not say of which lot
   * @return how much need not come back
   */
  long lapse(String account, Lot due, MemberKey earnedBy, long before) {
    if (history == null) {
      return 0;
    }
    long there = books.lapsing(account, due.expiresAt(), history, earnedBy) - before;
    for (LapsedLot it : lots) {
      boolean isSame = it.account().equals(account) && it.lot().expiresAt().equals(due.expiresAt());
      there -= isSame ? it.lot().points() : 0;
    }
    long gone = Math.max(0, Math.min(due.points(), there));
    if (gone > 0) {
      lots.add(new LapsedLot(account, new Lot(due.expiresAt(), gone)));
    }
    return gone;
  }

  List<LapsedLot> lots() {
    return List.copyOf(lots);
  }

  SortedMap<String, Long> sums() {
    var sums = new TreeMap<String, Long>();
    lots.forEach(it -> sums.merge(it.account(), it.lot().points(), Long::sum));
    return sums;
  }
}
