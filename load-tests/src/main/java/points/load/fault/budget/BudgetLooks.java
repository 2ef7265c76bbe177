package points.load.fault.budget;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.budget.BudgetRun.Limit;
import points.load.fault.check.budget.BudgetRun.Row;
import points.load.fault.client.NodeAddress;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * Looks at budgets at any node again and again while callers write, and keeps what was too much.
 */
final class BudgetLooks {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration END_MAX = Duration.ofSeconds(10);

  private final BudgetDesk desk;
  private final List<NodeAddress> nodes;
  private final List<Limit> limits;
  private final Queue<String> over = new ConcurrentLinkedQueue<>();
  private final AtomicLong looks = new AtomicLong();
  private @Nullable Thread thread;
  private volatile boolean stopped;

  private BudgetLooks(BudgetDesk desk, List<NodeAddress> nodes, List<Limit> limits) {
    this.desk = desk;
    this.nodes = nodes;
    this.limits = limits;
  }

  static BudgetLooks start(
      BudgetDesk desk, List<NodeAddress> nodes, List<Limit> limits, long seed) {
    BudgetLooks looks = new BudgetLooks(desk, nodes, limits);
    Thread thread = new Thread(() -> looks.look(new Random(seed)), "looks at budgets");
    thread.setDaemon(true);
    thread.start();
    looks.thread = thread;
    return looks;
  }

  private void look(Random random) {
    List<String> budgets = limits.stream().map(Limit::budgetId).distinct().toList();
    while (!stopped) {
      NodeAddress node = nodes.get(random.nextInt(nodes.size()));
      try {
        for (Row row : desk.look(node, budgets.get(random.nextInt(budgets.size())))) {
          looks.incrementAndGet();
          limits.stream()
              .filter(it -> it.budgetId().equals(row.budgetId()) && it.scope().equals(row.scope()))
              .filter(it -> row.used() > it.points())
              .forEach(it -> over.add("%s showed %s, more than %s".formatted(node, row, it)));
        }
      } catch (HarnessException e) {
        // the node is down, or has no book in force yet
      }
      Shell.pause(PAUSE);
    }
  }

  void stop() {
    stopped = true;
    try {
      Thread running = thread;
      if (running != null) {
        running.join(END_MAX.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The number of budgets that were seen. */
  long looks() {
    return looks.get();
  }

  List<String> over() {
    return List.copyOf(over);
  }
}
