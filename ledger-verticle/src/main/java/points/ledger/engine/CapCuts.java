package points.ledger.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
  private final NavigableMap<Integer, List<Slot>> byStage;
  private final List<Cut> cuts = new ArrayList<>(0);

  CapCuts(CompiledBook book, Usage usage, List<Slot> slots) {
    this.book = book;
    this.usage = usage;
    this.byStage = byStage(slots);
  }

  private static NavigableMap<Integer, List<Slot>> byStage(List<Slot> slots) {
    var byStage = new TreeMap<Integer, List<Slot>>();
    slots.forEach(it -> byStage.computeIfAbsent(it.stage, key -> new ArrayList<>()).add(it));
    return byStage;
  }

  List<Cut> cut() {
    byStage.tailMap(Share.PROMOTIONS).forEach(this::cutPromotion);
    long room = room(book.book().caps(), Usage.BOOK);
    long beyond = byStage.values().stream().mapToLong(CapCuts::sum).sum() - room;
    for (List<Slot> stage : byStage.descendingMap().values()) {
      if (beyond > 0) {
        beyond -= take(stage, beyond);
      }
    }
    return List.copyOf(cuts);
  }

  private void cutPromotion(int stage, List<Slot> slots) {
    Promotion promotion = book.promotions().get(stage - Share.PROMOTIONS);
    RuleCap cap = promotion.cap();
    long room =
        cap.unit() == RuleCap.Unit.POINTS
            ? room(cap.caps(), promotion.id())
            : cap.caps().perOrder();
    take(slots, sum(slots) - room);
  }

  private long room(Caps caps, String rule) {
    long room = caps.perOrder();
    for (Map.Entry<Caps.Period, Long> cap : caps.perMember().entrySet()) {
      room = Math.min(room, cap.getValue() - usage.of(rule, cap.getKey()));
    }
    return Math.max(0, room);
  }

  private static long sum(List<Slot> slots) {
    return slots.stream().mapToLong(it -> it.points).sum();
  }

  /**
   * Takes points from the shares of one stage, in proportion to them.
   *
   * @return how many it took, at most what is there
   */
  private long take(List<Slot> slots, long wanted) {
    long there = sum(slots);
    long taken = Math.min(there, wanted);
    if (taken <= 0) {
      return 0;
    }
    long[] left = ProRata.of(there - taken, slots.stream().mapToLong(it -> it.points).toArray());
    var lost = new TreeMap<Integer, Long>();
    for (int i = 0; i < left.length; i++) {
      Slot slot = slots.get(i);
      lost.merge(slot.rule, slot.points - left[i], Long::sum);
      slot.points = left[i];
    }
    lost.forEach((rule, points) -> addCut(rule, points));
    return taken;
  }

  private void addCut(int rule, long points) {
    if (points > 0) {
      cuts.add(new Cut(rule, Reason.CAP, points));
    }
  }
}
