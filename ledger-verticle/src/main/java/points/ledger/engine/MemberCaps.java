package points.ledger.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import points.ledger.award.Award;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.CapUse;
import points.ledger.award.Usage;
import points.ledger.book.Caps;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleCap;

/** The caps of a book that count what a member's orders got in a period. */
public final class MemberCaps {

  private record Cap(CappedRule rule, Set<Caps.Period> periods) {}

  private final List<Cap> caps;

  private MemberCaps(List<Cap> caps) {
    this.caps = List.copyOf(caps);
  }

  static MemberCaps of(RuleBook book) {
    var caps = new ArrayList<Cap>();
    for (int i = 0; i < book.promotions().size(); i++) {
      Promotion promotion = book.promotions().get(i);
      RuleCap cap = promotion.cap();
      boolean byOrders = cap.unit() == RuleCap.Unit.USES;
      add(caps, new CappedRule(book.promotionNumber(i), promotion.id(), byOrders), cap.caps());
    }
    add(caps, new CappedRule(CappedRule.WHOLE_BOOK, Usage.BOOK, false), book.caps());
    return new MemberCaps(caps);
  }

  private static void add(List<Cap> caps, CappedRule rule, Caps its) {
    if (!its.perMember().isEmpty()) {
      caps.add(new Cap(rule, EnumSet.copyOf(its.perMember().keySet())));
    }
  }

  /** Returns the rules of which the caps count these awards. */
  public List<CappedRule> counting(List<Award> awards) {
    return caps.isEmpty() || awards.isEmpty()
        ? List.of()
        : caps.stream().map(Cap::rule).filter(it -> it.countsAny(awards)).toList();
  }

  /**
   * Returns what these awards use of the caps.
   *
   * @param day on which the order was paid, in the zone of its store
   */
  public List<CapUse> usesOf(List<Award> awards, LocalDate day) {
    if (caps.isEmpty() || awards.isEmpty()) {
      return List.of();
    }
    var uses = new ArrayList<CapUse>();
    for (Cap cap : caps) {
      long points = cap.rule().pointsOf(awards);
      if (points > 0) {
        long used = cap.rule().byOrders() ? 1 : points;
        cap.periods().forEach(it -> uses.add(CapUse.on(day, cap.rule().id(), it, used)));
      }
    }
    return List.copyOf(uses);
  }
}
