package points.ledger.budget;

import org.jspecify.annotations.Nullable;

/** The budgets of a program, as the node that decides on an order knows them. */
public interface Budgets {

  /** Budgets of which nothing is issued yet, and whose campaigns run. */
  Budgets FRESH =
      new Budgets() {
        @Override
        public Room roomOf(Budget budget, String scope) {
          return new Room(budget.points(), false);
        }

        @Override
        public @Nullable Budget find(String budgetId) {
          return null;
        }

        @Override
        public boolean runs(String budgetId) {
          return true;
        }

        @Override
        public boolean areThere() {
          return false;
        }
      };

  /**
   * The points left in a budget.
   *
   * @param points 0 or more
   * @param ended whether its rules do not count any more, see {@link Budget.AtEnd#STOP}
   */
  record Room(long points, boolean ended) {}

  /** Returns a budget by the terms of now; null when no book of the program names it. */
  @Nullable Budget find(String budgetId);

  /** Returns what is left of a budget. */
  Room roomOf(Budget budget, String scope);

  /** Returns whether rule books of the program have had any, which may have paid for an order. */
  boolean areThere();

  /** Returns whether a campaign still runs, so that points that come back are there for others. */
  boolean runs(String budgetId);
}
