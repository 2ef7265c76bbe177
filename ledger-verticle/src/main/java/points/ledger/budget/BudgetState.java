package points.ledger.budget;

import org.jspecify.annotations.Nullable;

/**
 * A budget as PostgreSQL had it at a commit.
 *
 * @param used points issued, less those that came back while the campaign ran
 * @param stoppedAt the limit at which the budget has ended for good; null when it has not
 * @param version goes up by one with each change
 */
public record BudgetState(BudgetKey key, long used, @Nullable Long stoppedAt, long version) {

  /** A budget on which nothing was drawn yet. */
  public static BudgetState untouched(BudgetKey key) {
    return new BudgetState(key, 0, null, 0);
  }

  /** Returns whether it has ended for good under this limit. */
  public boolean hasStopped(long limit) {
    return stoppedAt != null && stoppedAt >= limit;
  }
}
