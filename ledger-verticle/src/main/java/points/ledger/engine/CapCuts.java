package points.ledger.engine;

import java.util.Map;
import points.ledger.award.Reason;
import points.ledger.award.Usage;
import points.ledger.book.Caps;
import points.ledger.book.Promotion;
import points.ledger.book.RuleCap;

/**
 * Cuts whole points to the caps of the book, first each promotion to its own.
 *
 * <p>Then all rules are cut to the caps of the whole book, the rule applied last first, so that
 * base points go last.
 */
final class CapCuts {

  private final CompiledBook book;
  private final Usage usage;
  private final Stages stages;

  CapCuts(CompiledBook book, Usage usage, Stages stages) {
    this.book = book;
    this.usage = usage;
    this.stages = stages;
  }

  void cut() {
    for (int stage = stages.next(Share.PROMOTIONS); stage >= 0; stage = stages.next(stage + 1)) {
      long room = roomOf(book.promotions().get(stage - Share.PROMOTIONS));
      stages.take(stage, stages.points(stage) - room, Reason.CAP);
    }
    long beyond = stages.points() - room(book.book().caps(), Usage.BOOK);
    for (int stage = stages.end() - 1; stage >= 0 && beyond > 0; stage--) {
      beyond -= stages.take(stage, beyond, Reason.CAP);
    }
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
}
