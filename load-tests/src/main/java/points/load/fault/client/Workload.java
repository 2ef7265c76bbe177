package points.load.fault.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.fault.history.History;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** A running workload: its callers, and the one history in which all their calls are recorded. */
public final class Workload {
  /** The time for which callers retry open operations after the workload has ended. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final int SETUP_TRIES = 20;
  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  /**
   * The size of a workload.
   *
   * @param members the number of lasting members
   * @param callers that each send one operation after the other
   * @param thinkMs the longest pause between two operations, in milliseconds
   */
  public record Size(int members, int callers, int thinkMs) {
    /** Leaves most of two processors to the nodes. */
    public static final Size USUAL = new Size(40, 24, 30);
  }

  /** The operations that callers start anew, besides retries of open ones. */
  public enum Demand {
    EVERYTHING,
    READS,
    NOTHING
  }

  private final History history = new History();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "caller", 256 * 1024);
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Long, Operation> ofStorm = new ConcurrentHashMap<>();
  private final Sender sender;
  private final List<NodeAddress> nodes;
  private final Size size;
  private final OperationGenerator generator;
  private volatile Demand demand = Demand.EVERYTHING;
  private volatile boolean over;
  private volatile long giveUpAt;

  private Workload(Sender sender, List<NodeAddress> nodes, String prefix, Size size) {
    this.sender = sender;
    this.nodes = nodes;
    this.size = size;
    this.generator =
        new OperationGenerator(
            prefix,
            size.members(),
            new TemporaryMembers(prefix),
            new PoolOperations(prefix, size.members()));
  }

  /**
   * Starts the callers.
   *
   * @param prefix begins the ids of the members, and of no other workload's
   * @param seed of the operations; their results do not follow from it
   */
  public static Workload start(
      Sender sender, List<NodeAddress> nodes, String prefix, Size size, long seed) {
    Workload workload = new Workload(sender, List.copyOf(nodes), prefix, size);
    workload.makePool();
    Random seeds = new Random(seed);
    for (int i = 1; i <= size.callers(); i++) {
      workload.run(new Caller(workload, "c" + i, seeds.nextLong()));
    }
    return workload;
  }

  /** Makes the pool before any fault; a gateway with a planted fault may need several tries. */
  private void makePool() {
    NodeAddress node = nodes.get(0);
    PoolOperations pool = generator.pool();
    Operation.Join join = new Operation.Join(pool.first(), pool.poolId());
    for (int tries = 1; tries <= SETUP_TRIES; tries++) {
      String key = pool.poolId() + "-" + tries;
      send("setup", node, generator.probe(key), key, CALL_MAX);
      Call made =
          history.record("setup", node.name(), join, null, () -> sender.makePool(node, join, key));
      if (made.answer() instanceof RecordedAnswer.Acknowledged) {
        return;
      }
      Shell.pause(Duration.ofMillis(100));
    }
    throw new HarnessException("there is no pool");
  }

  /** Adds callers that all operate on the same member, without any pause. */
  public void storm(int callers) {
    AtomicLong turns = new AtomicLong();
    for (int i = 0; i < callers; i++) {
      run(new StormCaller(this, turns));
    }
  }

  /** Adds callers that sell the orders of a rush. */
  public Rush rush(Rush.Plan plan, int callers) {
    Rush rush = new Rush(this, plan);
    for (int i = 0; i < callers; i++) {
      run(rush::sell);
    }
    return rush;
  }

  /** Reverses an order of a rush, sent until it is done. */
  public void reverse(Rush.Earned order) {
    String key = order.transactionId() + "-back";
    Operation back =
        new Operation.Reversal(order.memberId(), order.transactionId(), "office", "put right");
    for (int tries = 0; tries < SETUP_TRIES; tries++) {
      NodeAddress node = nodes.get(tries % nodes.size());
      if (send("rush", node, back, key, CALL_MAX).answer() instanceof RecordedAnswer.Acknowledged) {
        return;
      }
      Shell.pause(Duration.ofMillis(100));
    }
    throw new HarnessException(order + " cannot be reversed");
  }

  /** Changes the operations that callers start from now on. */
  public void demand(Demand some) {
    demand = some;
  }

  Demand demand() {
    return demand;
  }

  /** The stores of all orders. */
  public static List<String> stores() {
    return OperationGenerator.STORES;
  }

  /** Ends the workload: callers start nothing new, and retry open operations for a while. */
  public History finish() {
    giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    over = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(
          PATIENCE.plus(CALL_MAX).plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return history;
  }

  /** Waits until so many calls have begun, for that time at most. */
  public void awaitCalls(int wanted, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (history.size() < wanted && System.nanoTime() - deadline < 0) {
      Shell.pause(Duration.ofMillis(100));
    }
  }

  /** Returns the nodes that do not acknowledge a write within a time. */
  public List<String> silentNodes(Duration within) {
    List<String> silent = new ArrayList<>();
    long deadline = System.nanoTime() + within.toNanos();
    for (NodeAddress node : nodes) {
      int tries = 0;
      while (!writes(node, ++tries)) {
        if (System.nanoTime() - deadline > 0) {
          silent.add(node.name());
          break;
        }
        Shell.pause(Duration.ofMillis(100));
      }
    }
    return silent;
  }

  private boolean writes(NodeAddress node, int tries) {
    String order = generator.prefix() + "-probe-" + node.name() + "-" + history.now() + "-" + tries;
    return send("probe", node, generator.probe(order), order, CALL_MAX).answer()
        instanceof RecordedAnswer.Acknowledged;
  }

  /** Sends an operation once and records the call. */
  Call send(
      String client,
      NodeAddress node,
      Operation operation,
      @Nullable String key,
      Duration patience) {
    return history.record(
        client, node.name(), operation, key, () -> sender.send(node, operation, key, patience));
  }

  void run(Runnable work) {
    threads.execute(work);
  }

  /** The operation of a storm with that number, the same for all its copies. */
  Operation ofStorm(long number, String order, Random random) {
    return ofStorm.computeIfAbsent(number, it -> generator.ofHotMember(random, order));
  }

  List<NodeAddress> nodes() {
    return nodes;
  }

  OperationGenerator generator() {
    return generator;
  }

  int thinkMs() {
    return size.thinkMs();
  }

  boolean isOver() {
    return over;
  }

  boolean hasGivenUp() {
    return over && System.nanoTime() - giveUpAt > 0;
  }
}
