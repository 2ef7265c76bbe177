package points.ledger.book.check;

import java.util.List;
import java.util.Map;
import points.ledger.award.CapUses;
import points.ledger.book.Caps;
import points.ledger.book.Caps.Period;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleCap;

/** Finds caps without effect, caps of nothing, and more caps than a member's state keeps. */
final class CapFindings {

  private static final Map<Period, String> NAMES =
      Map.of(Period.DAY, "day", Period.WEEK, "week", Period.MONTH, "month", Period.YEAR, "year");

  /** The periods that hold a whole other one; weeks may lie in two months, and in two years. */
  private static final Map<Period, List<Period>> LONGER =
      Map.of(
          Period.DAY,
          List.of(Period.WEEK, Period.MONTH, Period.YEAR),
          Period.MONTH,
          List.of(Period.YEAR));

  private final RuleBook book;
  private final Findings findings;
  private int capsOfMember;

  CapFindings(RuleBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  void find() {
    findIn(book.caps(), RuleCap.Unit.POINTS, "/caps", new Words("整个规则", "The book"));
    for (int i = 0; i < book.promotions().size(); i++) {
      Promotion promotion = book.promotions().get(i);
      RuleCap cap = promotion.cap();
      String pointer = "/promotions/" + i + "/cap";
      findIn(cap.caps(), cap.unit(), pointer, PromotionFindings.name(promotion));
    }
  }

  /**
   * Looks at caps.
   *
   * @param unit of the caps for a member
   */
  private void findIn(Caps caps, RuleCap.Unit unit, String pointer, Words rule) {
    List<Period> all = List.of(Period.values());
    if (caps.perOrder() == 0) {
      findings.add(FindingKind.CAP_ZERO, pointer + "/perOrder", rule);
    } else if (unit == RuleCap.Unit.POINTS
        && caps.perOrder() != Long.MAX_VALUE
        && caps.perOrder() > lowest(caps, all)) {
      findings.add(FindingKind.CAP_IDLE, pointer + "/perOrder", rule);
    }
    for (Period period : all) {
      Long most = caps.perMember().get(period);
      String its = pointer + "/perMember/" + NAMES.get(period);
      if (most != null && ++capsOfMember == CapUses.MAX + 1) {
        findings.add(FindingKind.CAPS_MAX, its, rule, "", Integer.toString(CapUses.MAX));
      }
      if (most != null && most == 0) {
        findings.add(FindingKind.CAP_ZERO, its, rule);
      } else if (most != null && most > lowest(caps, LONGER.getOrDefault(period, List.of()))) {
        findings.add(FindingKind.CAP_IDLE, its, rule);
      }
    }
  }

  private static long lowest(Caps caps, List<Period> periods) {
    return periods.stream()
        .mapToLong(it -> caps.perMember().getOrDefault(it, Long.MAX_VALUE))
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
