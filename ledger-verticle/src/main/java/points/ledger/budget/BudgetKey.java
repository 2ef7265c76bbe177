package points.ledger.budget;

/**
 * A budget of a program, or the one of a store.
 *
 * @param scope the store, or {@link Budget#WHOLE_PROGRAM}
 */
public record BudgetKey(String programId, String budgetId, String scope) {}
