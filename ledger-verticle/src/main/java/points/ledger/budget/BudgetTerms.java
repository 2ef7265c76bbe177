package points.ledger.budget;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a program by the rule book in force now, whatever book an order is rated by.
 *
 * @param byId also the budgets of earlier books that the newest one does not name any more
 */
public record BudgetTerms(SortedMap<String, Term> byId) {

  /** The terms of a program whose rule books have no budgets. */
  public static final BudgetTerms NONE = new BudgetTerms(Collections.emptySortedMap());

  /**
   * A budget and the end of its campaign.
   *
   * @param runsUntil the first instant at which no rule gives points from it; {@link Instant#MIN}
   *     when the book in force does not name it
   */
  public record Term(Budget budget, Instant runsUntil) {}

  /** Returns these terms once a book with such budgets is in force. */
  public BudgetTerms followedBy(Collection<Term> next) {
    if (byId.isEmpty() && next.isEmpty()) {
      return NONE;
    }
    var terms = new TreeMap<String, Term>();
    byId.forEach((id, it) -> terms.put(id, new Term(it.budget(), Instant.MIN)));
    next.forEach(it -> terms.put(it.budget().id(), it));
    return new BudgetTerms(Collections.unmodifiableSortedMap(terms));
  }

  /** Returns the budget by the terms of now; null when no book of this program names it. */
  public @Nullable Budget find(String budgetId) {
    Term term = byId.get(budgetId);
    return term == null ? null : term.budget();
  }

  /** Returns whether rules give points from the budget at this instant. */
  public boolean runs(String budgetId, Instant now) {
    Term term = byId.get(budgetId);
    return term != null && now.isBefore(term.runsUntil());
  }
}
