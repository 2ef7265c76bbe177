package points.ledger.rulebook;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.BudgetTerms;

/** The publications of one program that a node keeps, by the instant from which they count. */
final class Timeline {

  /** The timeline of a program that has never published a book. */
  static final Timeline EMPTY = new Timeline(Instant.MAX, List.of());

  private final Instant begin;
  private final NavigableMap<Instant, InForce> byInstant;
  private final NavigableMap<Instant, BudgetTerms> budgets;

  /**
   * @param begin the first instant at which any book was in force
   * @param kept the publications since then, or the newest of them; those withdrawn are left out
   */
  Timeline(Instant begin, List<InForce> kept) {
    var sorted = new TreeMap<Instant, InForce>();
    for (InForce it : kept) {
      sorted.merge(it.inForceFrom(), it, (one, other) -> later(one, other));
    }
    this.begin = begin;
    this.byInstant = Collections.unmodifiableNavigableMap(sorted);
    this.budgets = Collections.unmodifiableNavigableMap(budgets(sorted));
  }

  /** Each book's own budgets, and those of the books before it whose campaigns are over. */
  private static NavigableMap<Instant, BudgetTerms> budgets(NavigableMap<Instant, InForce> books) {
    var budgets = new TreeMap<Instant, BudgetTerms>();
    BudgetTerms terms = BudgetTerms.NONE;
    for (InForce it : books.values()) {
      if (it.compiled() != null) {
        terms = terms.followedBy(it.compiled().book().budgetTerms());
      }
      budgets.put(it.inForceFrom(), terms);
    }
    return budgets;
  }

  /** Returns the budgets by the book in force at an instant. */
  BudgetTerms budgetsAt(Instant instant) {
    Map.Entry<Instant, BudgetTerms> then = budgets.floorEntry(instant);
    return then == null ? BudgetTerms.NONE : then.getValue();
  }

  private static InForce later(InForce one, InForce other) {
    return one.number() > other.number() ? one : other;
  }

  /**
   * Returns the publication in force at an instant; null when none was yet. Before the oldest that
   * is kept, that one counts.
   */
  @Nullable InForce at(Instant instant) {
    if (instant.isBefore(begin) || byInstant.isEmpty()) {
      return null;
    }
    Map.Entry<Instant, InForce> then = byInstant.floorEntry(instant);
    return (then == null ? byInstant.firstEntry() : then).getValue();
  }
}
