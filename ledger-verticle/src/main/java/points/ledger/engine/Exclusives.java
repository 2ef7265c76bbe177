package points.ledger.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import points.ledger.award.LineFacts;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.ExclusiveGroup.Choice;
import points.ledger.book.ExclusiveGroup.Scope;
import points.ledger.book.Promotion;
import points.ledger.rules.Fraction;

/** Leaves one promotion of each exclusive group, for an order or for each of its lines. */
final class Exclusives {

  private final CompiledBook book;
  private final List<LineFacts> lines;
  private final Fraction[] earned;
  private final Candidates candidates;

  /**
   * @param earned by ratio and tier, line by line
   */
  Exclusives(CompiledBook book, List<LineFacts> lines, Fraction[] earned, Candidates candidates) {
    this.book = book;
    this.lines = lines;
    this.earned = earned;
    this.candidates = candidates;
  }

  void choose() {
    for (Map.Entry<ExclusiveGroup, BitSet> group : book.groups().entrySet()) {
      if (group.getKey().scope() == Scope.ORDER) {
        chooseForOrder(group.getKey(), group.getValue());
      } else {
        for (int i = 0; i < candidates.lines(); i++) {
          chooseForLine(group.getKey(), group.getValue(), i);
        }
      }
    }
  }

  private void chooseForOrder(ExclusiveGroup group, BitSet members) {
    var there = new BitSet();
    for (int i = 0; i < candidates.lines(); i++) {
      there.or(candidates.of(i));
    }
    there.and(members);
    if (there.cardinality() > 1) {
      int winner = winner(group, there, this::ofOrder);
      for (int i = 0; i < candidates.lines(); i++) {
        leave(winner, there, i);
      }
    }
  }

  private void chooseForLine(ExclusiveGroup group, BitSet members, int line) {
    var there = (BitSet) candidates.of(line).clone();
    there.and(members);
    if (there.cardinality() > 1) {
      leave(winner(group, there, at -> ofLine(at, line)), there, line);
    }
  }

  private void leave(int winner, BitSet there, int line) {
    for (int at = there.nextSetBit(0); at >= 0; at = there.nextSetBit(at + 1)) {
      if (at != winner && candidates.of(line).get(at)) {
        candidates.lose(at, line, winner);
      }
    }
  }

  private int winner(ExclusiveGroup group, BitSet there, IntFunction<Fraction> worth) {
    int winner = there.nextSetBit(0);
    Fraction most = worth.apply(winner);
    for (int at = there.nextSetBit(winner + 1); at >= 0; at = there.nextSetBit(at + 1)) {
      Fraction other = worth.apply(at);
      boolean tie =
          group.choice() == Choice.PRIORITY || !(most.isMoreThan(other) || other.isMoreThan(most));
      if (tie ? isBefore(at, winner) : other.isMoreThan(most)) {
        winner = at;
        most = other;
      }
    }
    return winner;
  }

  private boolean isBefore(int at, int other) {
    Promotion one = book.promotions().get(at);
    Promotion two = book.promotions().get(other);
    return one.priority() == two.priority()
        ? one.id().compareTo(two.id()) < 0
        : one.priority() > two.priority();
  }

  /** The points that a promotion alone would give for an order. */
  private Fraction ofOrder(int at) {
    Effect effect = book.promotions().get(at).effect();
    if (effect instanceof Effect.Fixed fixed) {
      return Fraction.of(fixed.points());
    }
    if (effect instanceof Effect.PerUnit perUnit) {
      return Fraction.of(unitsOf(at, candidates.lines(), perUnit.unitsMax()))
          .times(perUnit.points());
    }
    Fraction sum = Fraction.ZERO;
    for (int i = 0; i < candidates.lines(); i++) {
      sum = candidates.of(i).get(at) ? sum.plus(ofLine(at, i)) : sum;
    }
    return sum;
  }

  private long unitsOf(int at, int end, long max) {
    long units = 0;
    for (int i = 0; i < end && units < max; i++) {
      units += candidates.of(i).get(at) ? Math.min(max, lines.get(i).quantity()) : 0;
    }
    return Math.min(max, units);
  }

  private Fraction ofLine(int at, int line) {
    Effect effect = book.promotions().get(at).effect();
    if (effect instanceof Effect.Multiply) {
      return earned[line].times(book.gain(at));
    }
    if (effect instanceof Effect.PerUnit perUnit) {
      long left = perUnit.unitsMax() - unitsOf(at, line, perUnit.unitsMax()); // of lines before
      long units = Math.min(left, lines.get(line).quantity());
      return Fraction.of(units).times(perUnit.points());
    }
    throw new IllegalStateException("points for an order are in a group by line: " + at);
  }
}
