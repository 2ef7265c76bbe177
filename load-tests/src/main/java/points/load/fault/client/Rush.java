package points.load.fault.client;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** Many callers at once sell orders of one store, each sent until it is answered. */
public final class Rush {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration ALL_WITHIN = Duration.ofMinutes(3);
  private static final long AMOUNT = 1_000;

  /** Members of a rush; each buys some times. */
  private static final int MEMBERS = 400;

  /**
   * The orders of a rush.
   *
   * @param name begins the ids of the orders, after the workload's
   * @param rule that gives points for each
   */
  public record Plan(String name, String storeId, String rule, int orders) {}

  /** An order that earned by the rule. */
  public record Earned(String memberId, String transactionId) {}

  private final Workload workload;
  private final Plan plan;
  private final AtomicInteger turns = new AtomicInteger();
  private final CountDownLatch open;
  private final Queue<Earned> earned = new ConcurrentLinkedQueue<>();

  Rush(Workload workload, Plan plan) {
    this.workload = workload;
    this.plan = plan;
    this.open = new CountDownLatch(plan.orders());
  }

  /** Sells until all orders have been begun. */
  void sell() {
    for (int turn = turns.getAndIncrement(); turn < plan.orders(); turn = turns.getAndIncrement()) {
      sell(turn);
      open.countDown();
    }
  }

  private void sell(int turn) {
    String prefix = workload.generator().prefix();
    String order = prefix + "-" + plan.name() + "-" + turn;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String member = prefix + "-r" + turn % MEMBERS;
    Operation sale = new Operation.Accrual(member, plan.storeId(), order, AMOUNT, now);
    List<NodeAddress> nodes = workload.nodes();
    for (int tries = 0; !workload.hasGivenUp(); tries++) {
      NodeAddress node = nodes.get((turn + tries) % nodes.size());
      RecordedAnswer answer = workload.send("rush", node, sale, order, PATIENCE).answer();
      if (answer instanceof RecordedAnswer.Acknowledged it) {
        take(new JsonObject(it.body()));
        return;
      } else if (answer instanceof RecordedAnswer.Refused) {
        return;
      }
      Shell.pause(BETWEEN_TRIES);
    }
  }

  private void take(JsonObject answer) {
    boolean hasEarned =
        answer.getJsonObject("why", new JsonObject()).getJsonArray("awards").stream()
            .map(JsonObject.class::cast)
            .anyMatch(it -> plan.rule().equals(it.getString("rule")));
    if (hasEarned) {
      earned.add(new Earned(answer.getString("memberId"), answer.getString("transactionId")));
    }
  }

  /** Waits until so many orders have earned by the rule. */
  public void awaitEarned(long wanted) {
    long deadline = System.nanoTime() + ALL_WITHIN.toNanos();
    while (earned.size() < wanted) {
      if (System.nanoTime() - deadline > 0) {
        throw new HarnessException("only %d orders of a rush earned".formatted(earned.size()));
      }
      Shell.pause(Duration.ofMillis(5));
    }
  }

  /** Waits until all orders are answered, and returns those that earned by the rule. */
  public List<Earned> awaitAll() {
    try {
      if (!open.await(ALL_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HarnessException("%d orders of a rush are open".formatted(open.getCount()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
    return List.copyOf(earned);
  }
}
