package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import points.ledger.book.RuleBook.Combine;
import points.ledger.rules.Fraction;

/** Adds the shares of multipliers, which act on what a line earns by ratio and tier. */
final class Multipliers {

  private final CompiledBook book;
  private final Candidates candidates;

  Multipliers(CompiledBook book, Candidates candidates) {
    this.book = book;
    this.candidates = candidates;
  }

  /**
   * @param earned by ratio and tier
   */
  void addTo(List<Share> shares, int line, Fraction earned) {
    List<Integer> places = places(line);
    if (book.book().combine() == Combine.BEST && places.size() > 1) {
      places = List.of(best(places, line));
    }
    Fraction so = earned;
    for (int at : places) {
      Fraction gain = so.times(book.gain(at));
      shares.add(new Share(Share.PROMOTIONS + at, book.numberOf(at), line, gain));
      if (book.book().combine() == Combine.MULTIPLY) {
        so = so.plus(gain);
      }
    }
  }

  private List<Integer> places(int line) {
    BitSet there = candidates.of(line);
    var places = new ArrayList<Integer>(4);
    for (int at = there.nextSetBit(0);
        at >= 0 && at < book.multipliers();
        at = there.nextSetBit(at + 1)) {
      places.add(at);
    }
    return places;
  }

  private int best(List<Integer> places, int line) {
    int best = places.get(0);
    for (int at : places) {
      best = book.gain(at).isMoreThan(book.gain(best)) ? at : best;
    }
    for (int at : places) {
      if (at != best) {
        candidates.lose(at, line, best);
      }
    }
    return best;
  }
}
