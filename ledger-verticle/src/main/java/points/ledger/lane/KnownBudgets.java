package points.ledger.lane;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;

/**
 * The budgets as this node has seen them last. Charges of other nodes are seen late, so this is a
 * guess, which {@code BatchStatement} holds against the row.
 *
 * <p>A budget that was not seen is taken for untouched. If it is not, the statement refuses the
 * batch and says what is there, and the lane decides again.
 */
public final class KnownBudgets {

  /** Above this all are forgotten; they are seen again with the next order. */
  private static final int BUDGETS_MAX = 100_000;

  private final ConcurrentHashMap<BudgetKey, BudgetState> known = new ConcurrentHashMap<>();

  BudgetState of(BudgetKey key) {
    BudgetState state = known.get(key);
    return state == null ? BudgetState.untouched(key) : state;
  }

  /** Takes note of states, each unless a newer one is known. Any thread. */
  public void learn(Collection<BudgetState> states) {
    if (known.size() > BUDGETS_MAX) {
      known.clear();
    }
    for (BudgetState it : states) {
      known.merge(it.key(), it, (before, now) -> now.version() >= before.version() ? now : before);
    }
  }

  /** Forgets all, where PostgreSQL may have less than this node has seen. */
  void forget() {
    known.clear();
  }
}
