package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.ledger.award.Cut;
import points.ledger.award.Reason;
import points.ledger.award.Usage;
import points.ledger.book.Caps;
import points.ledger.book.Promotion;
import points.ledger.book.RuleCap;
import points.ledger.rules.ProRata;

/**
 * Cuts whole points to the caps of the book, first each promotion to its own.
 *
 * <p>Then all rules are cut to the caps of the whole book, the rule applied last first, so that
 * base points go last.
 */
final class CapCuts {

  private final CompiledBook book;
  private final Usage usage;
  private final List<Slot> slots;
  private final BitSet stages = new BitSet();
  private final long[] sums;
  private final List<Cut> cuts = new ArrayList<>(0);

  CapCuts(CompiledBook book, Usage usage, List<Slot> slots) {
    this.book = book;
    this.usage = usage;
    this.slots = slots;
    this.sums = new long[Share.PROMOTIONS + book.promotions().size()];
    for (Slot slot : slots) {
      stages.set(slot.stage);
      sums[slot.stage] += slot.points;
    }
  }

  List<Cut> cut() {
    for (int stage = stages.nextSetBit(Share.PROMOTIONS);
        stage >= 0;
        stage = stages.nextSetBit(stage + 1)) {
      take(stage, sums[stage] - roomOf(book.promotions().get(stage - Share.PROMOTIONS)));
    }
    long beyond = -room(book.book().caps(), Usage.BOOK);
    for (long sum : sums) {
      beyond += sum;
    }
    for (int stage = stages.length() - 1; stage >= 0 && beyond > 0; stage--) {
      beyond -= take(stage, beyond);
    }
    return List.copyOf(cuts);
  }

  private long roomOf(Promotion promotion) {
    RuleCap cap = promotion.cap();
    return cap.unit() == RuleCap.Unit.POINTS
        ? room(cap.caps(), promotion.id())
        : cap.caps().perOrder();
  }

  private long room(Caps caps, String rule) {
    long room = caps.perOrder();
    for (Map.Entry<Caps.Period, Long> cap : caps.perMember().entrySet()) {
      room = Math.min(room, cap.getValue() - usage.of(rule, cap.getKey()));
    }
    return Math.max(0, room);
  }

  /**
   * Takes points from the shares of one stage, in proportion to them.
   *
   * @return how many it took, at most what is there
   */
  private long take(int stage, long wanted) {
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
    lost.forEach((rule, points) -> addCut(rule, points));
    return taken;
  }

  private void addCut(int rule, long points) {
    if (points > 0) {
      cuts.add(new Cut(rule, Reason.CAP, points));
    }
  }
}
