package points.load.fault.client;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import points.load.fault.history.Operation;

/**
 * Callers who all want something of one member, each thing several times at once, and never wait.
 */
final class StormCaller implements Runnable {
  /** How often each request is sent. */
  private static final int COPIES = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Workload workload;
  private final AtomicLong turns;

  /**
   * @param turns shared by all callers of the storm
   */
  StormCaller(Workload workload, AtomicLong turns) {
    this.workload = workload;
    this.turns = turns;
  }

  @Override
  public void run() {
    List<Target> nodes = workload.nodes();
    while (!workload.isOver()) {
      long turn = turns.getAndIncrement();
      String order = workload.operations().prefix() + "-storm-" + turn / COPIES;
      // The copies of a request have the same content because they have the same seed.
      Operation operation = workload.sameOperation(turn / COPIES, order, new Random(turn / COPIES));
      Target node = nodes.get((int) (turn % nodes.size()));
      workload
          .history()
          .record(
              "storm",
              node.name(),
              operation,
              order,
              () -> workload.send(node, operation, order, PATIENCE));
    }
  }
}
