package points.ledger.engine;

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
    BitSet there = candidates.of(line);
    if (book.book().combine() == Combine.BEST) {
      leaveBest(there, line);
    }
    Fraction so = earned;
    for (int at = there.nextSetBit(0);
        at >= 0 && at < book.multipliers();
        at = there.nextSetBit(at + 1)) {
      Fraction gain = so.times(book.gain(at));
      shares.add(new Share(Share.PROMOTIONS + at, book.numberOf(at), line, gain));
      if (book.book().combine() == Combine.MULTIPLY) {
        so = so.plus(gain);
      }
    }
  }

  private void leaveBest(BitSet there, int line) {
    int best = there.nextSetBit(0);
    for (int at = best; at >= 0 && at < book.multipliers(); at = there.nextSetBit(at + 1)) {
      best = book.gain(at).isMoreThan(book.gain(best)) ? at : best;
    }
    for (int at = there.nextSetBit(0);
        at >= 0 && at < book.multipliers();
        at = there.nextSetBit(at + 1)) {
      if (at != best) {
        candidates.lose(at, line, best);
      }
    }
  }
}
