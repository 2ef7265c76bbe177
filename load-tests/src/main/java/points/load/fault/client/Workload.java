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
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.History;
import points.load.fault.history.Operation;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Shell;

/** Callers at work, all of whom write into one history. */
public final class Workload {
  /** How long callers go on asking for what is not settled after they want nothing new. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final int SETUP_TRIES = 20;
  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  /**
   * How much is asked.
   *
   * @param members whom it is about
   * @param callers who each send one thing after the other
   * @param thinkMs the longest pause between two things, in milliseconds
   */
  public record Size(int members, int callers, int thinkMs) {
    /** Leaves most of two processors to the nodes. */
    public static final Size USUAL = new Size(40, 24, 30);
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
  private final List<Target> nodes;
  private final Size size;
  private final OperationGenerator operations;
  private volatile Appetite appetite = Appetite.EVERYTHING;
  private volatile boolean over;
  private volatile long giveUpAt;

  private Workload(Sender sender, List<Target> nodes, String prefix, Size size) {
    this.sender = sender;
    this.nodes = nodes;
    this.size = size;
    this.operations =
        new OperationGenerator(
            prefix,
            size.members(),
            new TemporaryMembers(prefix),
            new PoolOperations(prefix, size.members()));
  }

  /**
   * Sets callers to work.
   *
   * @param prefix begins the ids of the members, as those of no other workload do
   * @param seed what they want follows from it; what happens does not
   */
  public static Workload start(
      Sender sender, List<Target> nodes, String prefix, Size size, long seed) {
    Workload workload = new Workload(sender, List.copyOf(nodes), prefix, size);
    workload.makePool();
    Random seeds = new Random(seed);
    for (int i = 1; i <= size.callers(); i++) {
      workload.run(new Caller(workload, "c" + i, seeds.nextLong()));
    }
    return workload;
  }

  /** Done before anything goes wrong; a gateway in which a fault is planted may need some tries. */
  private void makePool() {
    Target node = nodes.get(0);
    PoolOperations family = operations.family();
    Operation.Join join = new Operation.Join(family.first(), family.poolId());
    for (int tries = 1; tries <= SETUP_TRIES; tries++) {
      String key = family.poolId() + "-" + tries;
      Operation order = operations.probe(key);
      history.record("setup", node.name(), order, key, () -> send(node, order, key, CALL_MAX));
      Call made =
          history.record("setup", node.name(), join, null, () -> sender.makePool(node, join, key));
      if (made.answer() instanceof Answer.Acknowledged) {
        return;
      }
      Shell.pause(Duration.ofMillis(100));
    }
    throw new HarnessException("there is no pool");
  }

  /** Adds callers who all want something of the same member, without any pause. */
  public void storm(int callers) {
    AtomicLong turns = new AtomicLong();
    for (int i = 0; i < callers; i++) {
      run(new StormCaller(this, turns));
    }
  }

  /** What callers want anew, besides going on with what is not settled. */
  public enum Appetite {
    /** All kinds of things. */
    EVERYTHING,
    /** To look at balances. */
    LOOKS,
    NOTHING
  }

  /** From now on callers want this. */
  public void want(Appetite some) {
    appetite = some;
  }

  Appetite appetite() {
    return appetite;
  }

  /** The stores that orders are of. */
  public static List<String> stores() {
    return OperationGenerator.STORES;
  }

  /**
   * Ends it: nothing new is wanted, and what is not settled is asked for until it is or patience
   * ends.
   */
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

  /** Lets callers go on until they have made so many calls, for that time at most. */
  public void awaitCalls(int wanted, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (history.size() < wanted && System.nanoTime() - deadline < 0) {
      Shell.pause(Duration.ofMillis(100));
    }
  }

  /**
   * Sees whether each node writes, now or within that time.
   *
   * @return the nodes that do not
   */
  public List<String> nodesThatDoNotWrite(Duration within) {
    List<String> silent = new ArrayList<>();
    long deadline = System.nanoTime() + within.toNanos();
    for (Target node : nodes) {
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

  private boolean writes(Target node, int tries) {
    String order =
        operations.prefix() + "-probe-" + node.name() + "-" + history.now() + "-" + tries;
    Operation operation = operations.probe(order);
    Call call =
        history.record(
            "probe", node.name(), operation, order, () -> send(node, operation, order, CALL_MAX));
    return call.answer() instanceof Answer.Acknowledged;
  }

  Answer send(Target node, Operation operation, @Nullable String key, Duration patience) {
    return sender.send(node, operation, key, patience);
  }

  void run(Runnable work) {
    threads.execute(work);
  }

  Operation sameOperation(long number, String order, Random random) {
    return ofStorm.computeIfAbsent(number, it -> operations.ofHotMember(random, order));
  }

  History history() {
    return history;
  }

  List<Target> nodes() {
    return nodes;
  }

  OperationGenerator operations() {
    return operations;
  }

  int thinkMs() {
    return size.thinkMs();
  }

  boolean isOver() {
    return over;
  }

  boolean patienceIsOver() {
    return over && System.nanoTime() - giveUpAt > 0;
  }
}
