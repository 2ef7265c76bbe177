package points.ledger.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import points.ledger.award.Award;
import points.ledger.award.Awarding;
import points.ledger.award.Cut;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Reason;
import points.ledger.award.Withheld;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.Budgets;
import points.ledger.rules.Fraction;

/**
 * Rates one order by one rule book.
 *
 * <p>In this order: lines that are excluded; the one ratio of each other line; the factor of the
 * tier; multipliers; one rounding; bonuses, which are whole; caps; budgets.
 */
final class Evaluation {

  private final CompiledBook book;
  private final OrderFacts order;
  private final MemberFacts member;
  private final Budgets budgets;
  private final boolean[] excluded;
  private final Candidates candidates;
  private final Occasion occasion;

  Evaluation(CompiledBook book, OrderFacts order, MemberFacts member, Budgets budgets) {
    this.book = book;
    this.order = order;
    this.member = member;
    this.budgets = budgets;
    this.excluded = new boolean[order.lines().size()];
    long eligible = 0;
    for (int i = 0; i < excluded.length; i++) {
      excluded[i] = book.isExcluded(order.lines().get(i));
      eligible += excluded[i] ? 0 : order.lines().get(i).amount();
    }
    this.candidates = new Candidates(book, order, member, excluded);
    this.occasion = new Occasion(order, member, eligible);
  }

  Awarding award() {
    candidates.check(occasion, this::hasEnded);
    var base = new BaseValues(book, order.lines(), excluded);
    Fraction factor = factorOfTier();
    Fraction[] ofRatio = base.ofLines();
    Fraction[] earned = times(ofRatio, factor);
    new Exclusives(book, order.lines(), earned, candidates).choose();
    var multipliers = new Multipliers(book, candidates);
    Fraction lift = factor.isMoreThan(Fraction.ONE) ? factor.minus(Fraction.ONE) : Fraction.ZERO;
    var shares = new ArrayList<Share>(2 * earned.length);
    for (int i = 0; i < earned.length; i++) {
      if (!earned[i].isZero()) {
        addEarned(shares, base.ruleOfLine(i), i, ofRatio[i], earned[i], lift);
        multipliers.addTo(shares, i, earned[i]);
      }
    }
    WholePoints whole = WholePoints.of(shares, book.book().rounding(), member.carry());
    return whole.isBeyondLimit()
        ? Awarding.BEYOND_LIMIT
        : award(whole.slots(shares), whole.carry());
  }

  private Awarding award(List<Slot> slots, Fraction carry) {
    new Bonuses(book, order.lines(), candidates).addTo(slots);
    var stages = new Stages(slots, Share.PROMOTIONS + book.promotions().size());
    new CapCuts(book, member.usage(), stages).cut();
    List<BudgetCharge> charges =
        new BudgetCuts(budgets, order.storeId(), stages)
            .cut(book.paidRules().all(), candidates.ended());
    return awarding(slots, stages.cuts(), charges, carry);
  }

  private boolean hasEnded(Budget budget) {
    return budget.atEnd() == Budget.AtEnd.STOP
        && budgets.roomOf(budget, budget.scopeOf(order.storeId())).ended();
  }

  private Fraction factorOfTier() {
    String tier = member.tier();
    return tier == null ? Fraction.ONE : book.book().tierFactors().getOrDefault(tier, Fraction.ONE);
  }

  private static Fraction[] times(Fraction[] values, Fraction factor) {
    if (factor.equals(Fraction.ONE)) {
      return values;
    }
    var products = new Fraction[values.length];
    Arrays.setAll(products, i -> values[i].times(factor));
    return products;
  }

  /** A tier that lifts has a share of its own; one that lowers takes from the ratio's. */
  private void addEarned(
      List<Share> shares, int rule, int line, Fraction ofRatio, Fraction earned, Fraction lift) {
    if (lift.isZero()) {
      shares.add(new Share(Share.RATIO, rule, line, earned));
    } else {
      shares.add(new Share(Share.RATIO, rule, line, ofRatio));
      shares.add(new Share(Share.TIER, book.book().tierNumber(), line, ofRatio.times(lift)));
    }
  }

  private Awarding awarding(
      List<Slot> slots, List<Cut> cuts, List<BudgetCharge> charges, Fraction carry) {
    var awards = new ArrayList<Award>(slots.size());
    long points = 0;
    for (Slot slot : byLine(slots)) {
      if (slot.points > 0) {
        awards.add(new Award(slot.rule, slot.line, slot.points));
        points += slot.points;
      }
    }
    return new Awarding(points, Collections.unmodifiableList(awards), cuts, charges, carry);
  }

  /** Sorts slots by their lines; within each they are in the order of their rules already. */
  private Slot[] byLine(List<Slot> slots) {
    int[] next = new int[excluded.length + 1];
    for (Slot slot : slots) {
      next[slot.line + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    var sorted = new Slot[slots.size()];
    for (Slot slot : slots) {
      sorted[next[slot.line]++] = slot;
    }
    return sorted;
  }

  /** The reasons of all promotions that gave nothing; call it after {@link #award}. */
  List<Withheld> withheld() {
    candidates.explainAbsent(occasion);
    var withheld = new ArrayList<Withheld>();
    for (int at = 0; at < book.promotions().size(); at++) {
      Reason reason = candidates.reason(at);
      if (reason != null) {
        int lostTo = reason == Reason.LOST_TO ? book.numberOf(candidates.lostTo(at)) : -1;
        withheld.add(new Withheld(book.numberOf(at), reason, lostTo));
      }
    }
    withheld.sort(Comparator.comparingInt(Withheld::rule));
    return List.copyOf(withheld);
  }
}
