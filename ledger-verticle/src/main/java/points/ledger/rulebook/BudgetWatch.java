package points.ledger.rulebook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import points.cluster.timing.PollingLoop;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;

/**
 * Keeps this node's guess of what is left of budgets new.
 *
 * <p>So a node that starts, or whose members draw seldom, decides and previews nearly right. The
 * statement that writes is exact without it.
 */
public final class BudgetWatch {

  private static final long PAUSE_MS = 1_000;
  private static final int ROWS_MAX = 1_000;

  /** Rows show when their transaction began, and are seen when it is committed. */
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  private static final BudgetKey FIRST = new BudgetKey("", "", "");

  /** Above this no more are counted: the number is for an alert at its rise. */
  private static final int USED_UP_MAX = 100_000;

  private final BudgetRows rows;
  private final Consumer<Collection<BudgetState>> reader;
  private final PollingLoop loop;
  private final Set<BudgetKey> usedUp = ConcurrentHashMap.newKeySet();
  private Instant newest = Instant.EPOCH;
  private Instant after = Instant.EPOCH;
  private BudgetKey key = FIRST;

  /**
   * @param reader takes the states that have changed, some of them more than once
   */
  public BudgetWatch(
      Vertx vertx, Pool pool, MeterRegistry meters, Consumer<Collection<BudgetState>> reader) {
    this.rows = new BudgetRows(pool);
    this.reader = reader;
    Gauge.builder("points.budgets.used.up", usedUp, Set::size)
        .description("budgets, and budgets of stores, of which nothing is left")
        .register(meters);
    this.loop = new PollingLoop(PollingLoop.pausesOf(vertx, PAUSE_MS), "budgets");
  }

  /** Reads all budgets, page by page, then those that change. */
  public void start() {
    loop.startNow(this::read);
  }

  /** Reads no more. */
  public Future<Void> stop() {
    return loop.stop();
  }

  /** Returns whether there is more to read at once. */
  private Future<Boolean> read() {
    return rows.changedAfter(after, key, ROWS_MAX).map(this::take);
  }

  private void count(BudgetRows.Changed changed) {
    if (!changed.usedUp()) {
      usedUp.remove(changed.state().key());
    } else if (usedUp.size() < USED_UP_MAX) {
      usedUp.add(changed.state().key());
    }
  }

  private boolean take(List<BudgetRows.Changed> changed) {
    reader.accept(changed.stream().map(BudgetRows.Changed::state).toList());
    changed.forEach(this::count);
    if (changed.size() == ROWS_MAX) {
      BudgetRows.Changed last = changed.get(ROWS_MAX - 1);
      after = last.changedAt();
      key = last.state().key();
      newest = after.isAfter(newest) ? after : newest;
      return true;
    }
    for (BudgetRows.Changed it : changed) {
      newest = it.changedAt().isAfter(newest) ? it.changedAt() : newest;
    }
    after = newest.equals(Instant.EPOCH) ? newest : newest.minus(UNSEEN);
    key = FIRST;
    return false;
  }
}
