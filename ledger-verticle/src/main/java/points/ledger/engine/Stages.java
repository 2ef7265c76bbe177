package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import points.ledger.award.Cut;
import points.ledger.award.Reason;
import points.ledger.rules.ProRata;

/** The whole points of an order by the stages at which rules are applied, and cuts of them. */
final class Stages {

  private final List<Slot> slots;
  private final BitSet there = new BitSet();
  private final long[] sums;
  private final List<Cut> cuts = new ArrayList<>(0);

  /**
   * @param count the number of stages that a book has
   */
  Stages(List<Slot> slots, int count) {
    this.slots = slots;
    this.sums = new long[count];
    for (Slot slot : slots) {
      there.set(slot.stage);
      sums[slot.stage] += slot.points;
    }
  }

  /** The first stage from this one on that gave something; -1 for none. */
  int next(int stage) {
    return there.nextSetBit(stage);
  }

  /** The number of the last stage that gave something, and one. */
  int end() {
    return there.length();
  }

  long points(int stage) {
    return sums[stage];
  }

  /** The points of all stages. */
  long points() {
    long points = 0;
    for (long sum : sums) {
      points += sum;
    }
    return points;
  }

  /** The cuts so far. */
  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /**
   * Takes points from the shares of one stage, in proportion to them.
   *
   * @return how many it took, at most what is there
   */
  long take(int stage, long wanted, Reason reason) {
    long taken = Math.min(sums[stage], wanted);
    if (taken <= 0) {
      return 0;
    }
    List<Slot> its = slots.stream().filter(it -> it.stage == stage).toList();
    long[] left =
        ProRata.of(sums[stage] - taken, its.stream().mapToLong(it -> it.points).toArray());
    var lost = new TreeMap<Integer, Long>();
    for (int i = 0; i < left.length; i++) {
      Slot slot = its.get(i);
      lost.merge(slot.rule, slot.points - left[i], Long::sum);
      slot.points = left[i];
    }
    sums[stage] -= taken;
    lost.forEach((rule, points) -> addCut(rule, reason, points));
    return taken;
  }

  private void addCut(int rule, Reason reason, long points) {
    if (points > 0) {
      cuts.add(new Cut(rule, reason, points));
    }
  }
}
