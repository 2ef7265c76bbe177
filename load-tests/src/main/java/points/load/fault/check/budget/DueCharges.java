package points.load.fault.check.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import points.load.model.Entry;
import points.load.model.book.Rating;
import points.load.model.book.RuleBook;

/** The charges that an order or a refund of it makes to budgets, by the model. */
public final class DueCharges {
  private DueCharges() {}

  /**
   * Returns what was left in the budgets that cut an order: all that it got from them. Nobody
   * outside knows the order of commits, so this is taken from the entry; that it was true is judged
   * by the whole run, see {@link BudgetRule}.
   */
  public static Map<String, Long> left(RuleBook book, Entry order) {
    Set<String> cut = BudgetCharge.cutRules(order);
    Map<String, Long> left = new HashMap<>();
    for (RuleBook.Budget budget : book.budgets()) {
      if (cut.stream().anyMatch(it -> book.pays(budget, it))) {
        left.put(
            budget.id(),
            BudgetCharge.of(order).stream()
                .filter(it -> it.budgetId().equals(budget.id()))
                .mapToLong(BudgetCharge::issued)
                .sum());
      }
    }
    return left;
  }

  /** Returns the points that an order draws, by budget and scope. */
  public static Map<String, Long> drawn(RuleBook book, Rating rating, String storeId) {
    Map<String, Long> drawn = new TreeMap<>();
    for (RuleBook.Budget budget : book.budgets()) {
      long points =
          rating.awards().stream()
              .filter(it -> book.pays(budget, it.rule()))
              .mapToLong(Rating.Award::points)
              .sum();
      put(drawn, budget, storeId, points);
    }
    return drawn;
  }

  /**
   * Returns the points that a refund gives back, by budget and scope.
   *
   * @param lines of the order
   */
  public static Map<String, Long> returned(
      RuleBook book, Rating rating, String storeId, int lines, RuleBook.Due due) {
    Map<String, Long> returned = new TreeMap<>();
    for (RuleBook.Budget budget : book.budgets()) {
      long points = 0;
      for (long[] byLine : paid(book, budget, rating, lines)) {
        RuleBook.Due.Sums sums = due.of(byLine);
        points += sums.after() - sums.before();
      }
      put(returned, budget, storeId, points);
    }
    return returned;
  }

  /** The points of each rule that a budget pays for, by line; all together for the whole book. */
  private static List<long[]> paid(
      RuleBook book, RuleBook.Budget budget, Rating rating, int lines) {
    Map<String, long[]> byRule = new TreeMap<>();
    for (Rating.Award it : rating.awards()) {
      if (book.pays(budget, it.rule())) {
        String rule = budget.paysForAll() ? "" : it.rule();
        byRule.computeIfAbsent(rule, any -> new long[lines])[it.line()] += it.points();
      }
    }
    return new ArrayList<>(byRule.values());
  }

  private static void put(
      Map<String, Long> charges, RuleBook.Budget budget, String storeId, long points) {
    if (points != 0) {
      charges.put(name(budget.id(), budget.scope(storeId)), points);
    }
  }

  /** Returns the points that an entry drew, by budget and scope. */
  public static Map<String, Long> issued(Entry entry) {
    return points(entry, 1);
  }

  /** Returns the points that an entry gave back, by budget and scope. */
  public static Map<String, Long> givenBack(Entry entry) {
    return points(entry, -1);
  }

  private static Map<String, Long> points(Entry entry, int sign) {
    Map<String, Long> points = new TreeMap<>();
    for (BudgetCharge it : BudgetCharge.of(entry)) {
      long net = sign * (it.issued() - it.reversed() - it.lapsed());
      points.merge(name(it.budgetId(), it.scope()), net, Long::sum);
    }
    return points;
  }

  private static String name(String budgetId, String scope) {
    return scope.isEmpty() ? budgetId : budgetId + " of " + scope;
  }
}
