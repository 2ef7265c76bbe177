package points.load.fault.check.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a program during a run.
 *
 * @param begun as they were before the first call of the run; empty when no book was in force
 * @param over looks at a running gateway that showed more issued than the limit, in words
 * @param looks the number of all looks
 * @param rows as they are afterwards
 * @param limits of those that orders wanted more of than there was, until all of it was issued
 */
public record BudgetRun(
    List<Row> begun, List<String> over, long looks, List<Row> rows, List<Limit> limits) {

  /** A run without budgets. */
  public static final BudgetRun NONE = new BudgetRun(List.of(), List.of(), 0, List.of(), List.of());

  /**
   * A budget, or the one of a store.
   *
   * @param charged sums of the charges of all entries; null where only the gateway was asked
   */
  public record Row(
      String budgetId,
      String scope,
      long issued,
      long reversed,
      long lapsed,
      @Nullable Sums charged) {

    /** The points that count against the limit. */
    public long used() {
      return issued - reversed;
    }

    Sums sums() {
      return new Sums(issued, reversed, lapsed);
    }

    boolean is(String otherId, String otherScope) {
      return budgetId.equals(otherId) && scope.equals(otherScope);
    }
  }

  /** Sums of the charges of entries. */
  public record Sums(long issued, long reversed, long lapsed) {}

  /**
   * A limit.
   *
   * @param drained whether orders have wanted more in the end than was left
   */
  public record Limit(String budgetId, String scope, long points, boolean drained) {}

  long usedBefore(String budgetId, String scope) {
    return begun.stream()
        .filter(it -> it.is(budgetId, scope))
        .mapToLong(Row::used)
        .findFirst()
        .orElse(0);
  }

  long usedAfter(String budgetId, String scope) {
    return rows.stream()
        .filter(it -> it.is(budgetId, scope))
        .mapToLong(Row::used)
        .findFirst()
        .orElse(0);
  }
}
