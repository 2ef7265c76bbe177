package points.ledger.decide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;
import points.ledger.command.EntryHistory;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;

/**
 * Computes the points that lapse by one command: those due back that had expired unspent.
 *
 * <p>All commands that were undone and stand share one limit: no more points of a lot lapse than
 * have expired of it.
 */
final class Lapsing {

  private final Posting books;
  private final @Nullable EntryHistory history;
  private final List<LapsedLot> lots = new ArrayList<>(0);

  /**
   * Begins with nothing.
   *
   * @param history with what expired; null when that is nothing
   */
  Lapsing(Posting books, @Nullable EntryHistory history) {
    this.books = books;
    this.history = history;
  }

  /**
   * Lets points due to a lot lapse, as far as the lot expired unspent with its holders.
   *
   * <p>Example: an order earned 100 points and is refunded. 70 of the lot were spent, 30 expired.
   * So 30 lapse and 70 are taken back or owed. If another order of the lot was undone before and 20
   * lapsed by it, 10 lapse.
   *
   * @param earnedBy the member that had the lot first
   * @param unassigned how much lapsed by entries that do not say of which lot
   * @return how much need not come back
   */
  long lapse(String account, Lot due, MemberKey earnedBy, long unassigned) {
    if (history == null) {
      return 0;
    }
    Map<MemberKey, Long> holders = history.holders(earnedBy);
    holders.putIfAbsent(books.member(), 0L);
    long left = due.points();
    long unknown = unassigned;
    for (var it : holders.entrySet()) {
      MemberKey holder = it.getKey();
      long there = expired(holder, it.getValue(), account, due.expiresAt(), history);
      there -= lapsed(holder, account, due.expiresAt(), history);
      long part = Math.max(0, Math.min(left, there - unknown));
      unknown = Math.max(0, unknown - Math.max(0, there));
      left -= part;
      if (part > 0) {
        lots.add(new LapsedLot(account, new Lot(due.expiresAt(), part), holder.memberId()));
      }
    }
    return due.points() - left;
  }

  /**
   * Returns the points of a lot that expired unspent with a member, after this entry of that
   * member.
   */
  private long expired(
      MemberKey holder, long after, String account, Instant expiresAt, EntryHistory before) {
    return Stream.concat(before.entries().stream(), books.entries().stream())
        .filter(it -> it.member().equals(holder) && it.sequence() > after)
        .mapToLong(it -> it.expired(account, expiresAt))
        .sum();
  }

  /** Returns the points of that lot that have lapsed already, by this command and by others. */
  private long lapsed(MemberKey holder, String account, Instant expiresAt, EntryHistory before) {
    return Stream.concat(
            before.lapsedOf(holder), lots.stream().filter(it -> holder.memberId().equals(it.of())))
        .filter(it -> it.account().equals(account) && it.lot().expiresAt().equals(expiresAt))
        .mapToLong(it -> it.lot().points())
        .sum();
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
