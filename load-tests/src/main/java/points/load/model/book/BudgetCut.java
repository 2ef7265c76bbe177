package points.load.model.book;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import points.load.model.book.Reckoning.Points;

/** Cuts an order's points to what is left in budgets, those of the rule applied last first. */
final class BudgetCut {
  private final RuleBook book;
  private final List<Points> points;
  private final CapCut caps;

  /**
   * @param points of the order, after caps
   * @param caps that has cut them, and cuts these
   */
  BudgetCut(RuleBook book, List<Points> points, CapCut caps) {
    this.book = book;
    this.points = points;
    this.caps = caps;
  }

  /** Cuts; a budget that is not named has enough. */
  void cut(Map<String, Long> left) {
    for (RuleBook.Budget budget : book.budgets()) {
      Long room = left.get(budget.id());
      if (room != null) {
        cut(stepsOf(budget), room);
      }
    }
  }

  private void cut(List<Integer> lastFirst, long room) {
    long over = lastFirst.stream().mapToLong(caps::sum).sum() - room;
    for (int step : lastFirst) {
      long some = Math.min(Math.max(0, over), caps.sum(step));
      caps.cut(step, some);
      over -= some;
    }
  }

  /** The steps of the rules that a budget pays for. */
  private List<Integer> stepsOf(RuleBook.Budget budget) {
    List<Integer> paid =
        budget.paysForAll()
            ? points.stream().map(it -> it.rule().step()).toList()
            : book.promotions().stream()
                .filter(budget::pays)
                .map(it -> AppliedRule.promotion(book, it).step())
                .toList();
    return paid.stream().distinct().sorted(Comparator.reverseOrder()).toList();
  }
}
