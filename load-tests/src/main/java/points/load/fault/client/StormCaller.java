package points.load.fault.client;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import points.load.fault.history.Operation;

/** One of many callers that send operations on one member, each several times, without a pause. */
final class StormCaller implements Runnable {
  /** The number of times that each operation is sent. */
  private static final int COPIES = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Workload workload;
  private final AtomicLong turns;

  /** Takes the turns that all callers of the storm share. */
  StormCaller(Workload workload, AtomicLong turns) {
    this.workload = workload;
    this.turns = turns;
  }

  @Override
  public void run() {
    List<NodeAddress> nodes = workload.nodes();
    while (!workload.isOver()) {
      long turn = turns.getAndIncrement();
      String order = workload.generator().prefix() + "-storm-" + turn / COPIES;
      // The copies of a request have the same content because they have the same seed.
      Operation operation = workload.ofStorm(turn / COPIES, order, new Random(turn / COPIES));
      NodeAddress node = nodes.get((int) (turn % nodes.size()));
      workload.send("storm", node, operation, order, PATIENCE);
    }
  }
}
