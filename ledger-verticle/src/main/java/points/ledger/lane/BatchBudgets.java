package points.ledger.lane;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.budget.BudgetTerms;
import points.ledger.budget.Budgets;
import points.ledger.commit.Batch;
import points.ledger.model.Entry;

/**
 * The budgets of one batch: what this node knows of them, less what the batch has drawn so far.
 *
 * <p>Points that a refund of the batch gives back are there from the next batch on.
 */
final class BatchBudgets {

  private final KnownBudgets known;
  private final Map<BudgetKey, Batch.BudgetLimit> limits = new HashMap<>(0);
  private final Map<BudgetKey, Long> drawn = new HashMap<>(0);

  BatchBudgets(KnownBudgets known) {
    this.known = known;
  }

  /** The limits by which the batch was decided. */
  Map<BudgetKey, Batch.BudgetLimit> limits() {
    return Map.copyOf(limits);
  }

  /** Returns the budgets of a program as the next decision finds them. */
  Budgets of(String programId, BudgetTerms terms, Instant now) {
    return new Budgets() {
      @Override
      public @Nullable Budget find(String budgetId) {
        return terms.find(budgetId);
      }

      @Override
      public Room roomOf(Budget budget, String scope) {
        Budget ofNow = terms.find(budget.id());
        return room(new BudgetKey(programId, budget.id(), scope), ofNow == null ? budget : ofNow);
      }

      @Override
      public boolean runs(String budgetId) {
        return terms.runs(budgetId, now);
      }

      @Override
      public boolean areThere() {
        return !terms.byId().isEmpty();
      }
    };
  }

  private Budgets.Room room(BudgetKey key, Budget budget) {
    boolean stops = budget.atEnd() == Budget.AtEnd.STOP;
    limits.put(key, new Batch.BudgetLimit(budget.points(), stops, budget.warnAtText()));
    BudgetState state = known.of(key);
    if (stops && state.hasStopped(budget.points())) {
      return new Budgets.Room(0, true);
    }
    long left = budget.points() - state.used() - drawn.getOrDefault(key, 0L);
    return new Budgets.Room(Math.max(0, left), false);
  }

  /** Draws what entries are charged for, once they are in the batch. */
  void draw(String programId, List<Entry> entries) {
    for (Entry entry : entries) {
      for (BudgetCharge it : entry.factsChange().charges()) {
        if (it.issued() > 0) {
          drawn.merge(new BudgetKey(programId, it.budgetId(), it.scope()), it.issued(), Long::sum);
        }
      }
    }
  }
}
