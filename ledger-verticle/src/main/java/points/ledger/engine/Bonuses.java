package points.ledger.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import points.ledger.award.LineFacts;
import points.ledger.book.Effect;
import points.ledger.rules.ProRata;

/** Adds the points of bonuses, which are whole: for units, and for orders. */
final class Bonuses {

  private final CompiledBook book;
  private final List<LineFacts> lines;
  private final Candidates candidates;

  Bonuses(CompiledBook book, List<LineFacts> lines, Candidates candidates) {
    this.book = book;
    this.lines = lines;
    this.candidates = candidates;
  }

  void addTo(List<Slot> slots) {
    var there = new BitSet();
    for (int i = 0; i < candidates.lines(); i++) {
      there.or(candidates.of(i));
    }
    for (int at = there.nextSetBit(book.multipliers()); at >= 0; at = there.nextSetBit(at + 1)) {
      Effect effect = book.promotions().get(at).effect();
      int[] places = places(at);
      if (effect instanceof Effect.PerUnit perUnit) {
        addPerUnit(slots, at, places, perUnit);
      } else if (effect instanceof Effect.Fixed fixed) {
        addFixed(slots, at, places, fixed.points());
      }
    }
  }

  private int[] places(int at) {
    int[] places = new int[candidates.lines()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (candidates.of(i).get(at)) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private void addPerUnit(List<Slot> slots, int at, int[] places, Effect.PerUnit perUnit) {
    long left = perUnit.unitsMax();
    for (int line : places) {
      long units = Math.min(left, lines.get(line).quantity());
      left -= units;
      add(slots, at, line, Math.multiplyExact(units, perUnit.points()));
    }
  }

  private void addFixed(List<Slot> slots, int at, int[] places, long points) {
    long[] weights = new long[places.length];
    Arrays.setAll(weights, i -> lines.get(places[i]).amount());
    long[] shares = ProRata.of(points, weights);
    for (int i = 0; i < shares.length; i++) {
      add(slots, at, places[i], shares[i]);
    }
  }

  private void add(List<Slot> slots, int at, int line, long points) {
    slots.add(new Slot(Share.PROMOTIONS + at, book.numberOf(at), line, points));
  }
}
