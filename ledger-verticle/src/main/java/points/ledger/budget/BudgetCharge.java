package points.ledger.budget;

/**
 * The part of an entry that a budget pays, or gets back.
 *
 * @param scope the store whose budget it is, or {@link Budget#WHOLE_PROGRAM}
 * @param issued points that an order got from it
 * @param reversed points that came back and are there for other orders
 * @param lapsed points that came back after the end of the campaign, for nobody else
 * @param usedUp whether the decision holds only if nothing is left of the budget after it
 */
public record BudgetCharge(
    String budgetId, String scope, long issued, long reversed, long lapsed, boolean usedUp) {

  /** Points that an order got. */
  public static BudgetCharge issued(String budgetId, String scope, long points, boolean usedUp) {
    return new BudgetCharge(budgetId, scope, points, 0, 0, usedUp);
  }

  /**
   * Points that came back.
   *
   * @param runs whether the campaign still runs, so that other orders may get them
   */
  public static BudgetCharge returned(String budgetId, String scope, long points, boolean runs) {
    return new BudgetCharge(budgetId, scope, 0, runs ? points : 0, runs ? 0 : points, false);
  }

  /** Returns whether it moves points; one that does not says only that the budget is used up. */
  public boolean movesPoints() {
    return issued != 0 || reversed != 0 || lapsed != 0;
  }
}
