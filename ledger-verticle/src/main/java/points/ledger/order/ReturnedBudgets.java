package points.ledger.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.PaidRule;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.Budgets;
import points.ledger.model.Entry;

/**
 * The points that come back to budgets when a sale does.
 *
 * <p>Example: a campaign's budget paid 60 points of an order. Half of the order comes back while
 * the campaign runs: 30 points are there for other orders. After its end they are counted, and
 * nobody gets them.
 */
final class ReturnedBudgets {

  /** A budget, or the one of a store. */
  private record Key(String budgetId, String scope) {}

  private ReturnedBudgets() {}

  /**
   * Returns the charges of a part of a sale that comes back.
   *
   * @param part of the points that a rule gave, by line, the points that come back now
   */
  static List<BudgetCharge> of(
      Awarded awarded, int lines, ToLongFunction<long[]> part, Budgets budgets) {
    var points = new LinkedHashMap<Key, Long>();
    for (PaidRule paid : awarded.paid()) {
      long back = part.applyAsLong(pointsOf(paid, awarded.awards(), lines));
      points.merge(new Key(paid.budgetId(), paid.scope()), back, Long::sum);
    }
    var charges = new ArrayList<BudgetCharge>(points.size());
    for (Map.Entry<Key, Long> it : points.entrySet()) {
      if (it.getValue() != 0) {
        String id = it.getKey().budgetId();
        boolean runs = budgets.runs(id);
        charges.add(BudgetCharge.returned(id, it.getKey().scope(), it.getValue(), runs));
      }
    }
    return List.copyOf(charges);
  }

  private static long[] pointsOf(PaidRule paid, List<Award> awards, int lines) {
    long[] points = new long[lines];
    for (Award award : awards) {
      if (paid.counts(award.rule())) {
        points[award.line()] += award.points();
      }
    }
    return points;
  }

  /**
   * Returns the charges by which a refund is undone. Points that others have got meanwhile are not
   * taken from the budget again: it is never charged more than its limit.
   */
  static List<BudgetCharge> undone(Entry refund, Budgets budgets) {
    var charges = new ArrayList<BudgetCharge>();
    for (BudgetCharge it : refund.factsChange().charges()) {
      Budget budget = budgets.find(it.budgetId());
      long room = budget == null ? 0 : budgets.roomOf(budget, it.scope()).points();
      long again = Math.min(it.reversed(), room);
      if (again > 0 || it.lapsed() > 0) {
        charges.add(new BudgetCharge(it.budgetId(), it.scope(), again, 0, -it.lapsed(), false));
      }
    }
    return List.copyOf(charges);
  }
}
