package points.ledger.engine;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import points.ledger.book.Condition;
import points.ledger.book.Promotion;

/** Finds the promotions whose dates hold at a time: a look-up between two bounds. */
final class WindowIndex {

  private final Instant[] bounds;
  private final BitSet[] open;

  WindowIndex(List<Promotion> promotions) {
    var all = new TreeSet<Instant>();
    promotions.forEach(it -> all.addAll(List.of(it.when().from(), it.when().to())));
    this.bounds = all.toArray(new Instant[0]);
    this.open = new BitSet[bounds.length + 1];
    for (int i = 0; i < open.length; i++) {
      open[i] = openAt(promotions, i == 0 ? Instant.MIN : bounds[i - 1]);
    }
  }

  private static BitSet openAt(List<Promotion> promotions, Instant time) {
    var open = new BitSet();
    for (int at = 0; at < promotions.size(); at++) {
      Condition when = promotions.get(at).when();
      open.set(at, !time.isBefore(when.from()) && time.isBefore(when.to()));
    }
    return open;
  }

  /** Drops the promotions whose dates do not hold. */
  void restrict(BitSet promotions, Instant time) {
    int found = Arrays.binarySearch(bounds, time);
    promotions.and(open[found < 0 ? -found - 1 : found + 1]);
  }
}
