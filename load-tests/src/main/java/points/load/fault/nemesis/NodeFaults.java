package points.load.fault.nemesis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import points.load.fault.process.Fleet;
import points.load.fault.process.Node;
import points.load.fault.process.SharedCache;
import points.load.fault.process.Signal;
import points.load.process.HarnessException;

/** Faults of gateways: kills, stops, restarts and overload. */
final class NodeFaults {
  private static final Duration BATCH_WITHIN = Duration.ofSeconds(15);

  private static final String WRITING =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE application_name LIKE 'points-lane/%' AND state = 'active' AND client_addr = ?::inet
      """;

  private NodeFaults() {}

  /** Kills two nodes, one after the other, each in the middle of a batch. */
  static void kill(NemesisContext context) {
    for (int victim : new int[] {1, 2}) {
      Node node = context.node(victim);
      awaitBatch(context, node);
      node.signal(Signal.KILL);
      node.awaitEnd();
      NemesisContext.seconds(2);
      context.fleet().start();
    }
  }

  /**
   * Stops a node in a batch; when it goes on, other nodes have changed the states that it knows.
   */
  static void stop(NemesisContext context) {
    Node node = context.node(1);
    awaitBatch(context, node);
    node.signal(Signal.STOP);
    NemesisContext.seconds(15);
    node.signal(Signal.CONT);
  }

  /** Restarts all nodes one by one, like the rollout of an update. */
  static void restartAll(NemesisContext context) {
    for (Node node : context.fleet().nodes()) {
      node.signal(Signal.TERM);
      int exit = node.awaitEnd();
      if (exit != 0
          && exit != 143) { // 128 + SIGTERM: the virtual machine ended because of the signal
        throw new HarnessException(node.name() + " did not stop in order: exit code " + exit);
      }
      context.fleet().start();
    }
  }

  /** Sends three times as many requests at a time as the nodes accept, all on one member. */
  static void storm(NemesisContext context) {
    context.workload().storm(3 * Fleet.IN_FLIGHT_MAX * context.fleet().nodes().size());
    NemesisContext.seconds(10);
  }

  /** Deletes the shared cache at random moments; decisions have to stay right. */
  static void forget(NemesisContext context) {
    var random = new Random(context.fleet().nodes().size());
    try (SharedCache memory = SharedCache.of(context.fleet())) {
      for (int i = 0; i < 40; i++) {
        NemesisContext.seconds(0.05 + random.nextDouble() * 0.4);
        memory.deleteAll();
      }
    }
  }

  private static void awaitBatch(NemesisContext context, Node node) {
    long giveUpAt = System.nanoTime() + BATCH_WITHIN.toNanos();
    try (Connection connection = context.postgres().connect();
        PreparedStatement query = connection.prepareStatement(WRITING)) {
      query.setString(1, node.host().address());
      while (System.nanoTime() - giveUpAt < 0) {
        try (ResultSet found = query.executeQuery()) {
          if (found.next() && found.getInt(1) > 0) {
            return;
          }
        }
      }
      throw new HarnessException(node.name() + " writes no batch");
    } catch (SQLException e) {
      throw new HarnessException("the sessions of PostgreSQL cannot be read", e);
    }
  }
}
