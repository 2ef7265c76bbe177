package points.load.fault.nemesis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import points.load.fault.net.HarnessException;
import points.load.fault.process.Fleet;
import points.load.fault.process.Node;
import points.load.fault.process.SharedCache;
import points.load.fault.process.Signal;

/** Gateways that die, stop, or are asked for more than they can do. */
final class NodeFaults {
  private static final Duration BATCH_WITHIN = Duration.ofSeconds(15);

  private static final String WRITING =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE application_name LIKE 'points-lane/%' AND state = 'active' AND client_addr = ?::inet
      """;

  private NodeFaults() {}

  /** One after the other, each in the middle of a batch. */
  static void kill(NemesisContext scene) {
    for (int victim : new int[] {1, 2}) {
      Node node = scene.node(victim);
      awaitBatch(scene, node);
      node.signal(Signal.KILL);
      node.awaitEnd();
      NemesisContext.seconds(2);
      scene.fleet().start();
    }
  }

  /** Wakes up with batches decided from states that others have changed since. */
  static void stop(NemesisContext scene) {
    Node node = scene.node(1);
    awaitBatch(scene, node);
    node.signal(Signal.STOP);
    NemesisContext.seconds(15);
    node.signal(Signal.CONT);
  }

  /** As an update is rolled out. */
  static void restartAll(NemesisContext scene) {
    for (Node node : scene.fleet().nodes()) {
      node.signal(Signal.TERM);
      int exit = node.awaitEnd();
      if (exit != 0 && exit != 143) { // 128 + SIGTERM: how a virtual machine says it was asked to
        throw new HarnessException(node.name() + " did not stop in order: exit code " + exit);
      }
      scene.fleet().start();
    }
  }

  /** Three times as many requests at a time as the nodes take on, all about one member. */
  static void storm(NemesisContext scene) {
    scene.workload().storm(3 * Fleet.IN_FLIGHT_MAX * scene.fleet().nodes().size());
    NemesisContext.seconds(10);
  }

  /** Leases and hot states vanish; what is decided stays right. */
  static void forget(NemesisContext scene) {
    var random = new Random(scene.fleet().nodes().size());
    try (SharedCache memory = SharedCache.of(scene.fleet())) {
      for (int i = 0; i < 40; i++) {
        NemesisContext.seconds(0.05 + random.nextDouble() * 0.4);
        memory.deleteAll();
      }
    }
  }

  private static void awaitBatch(NemesisContext scene, Node node) {
    long giveUpAt = System.nanoTime() + BATCH_WITHIN.toNanos();
    try (Connection connection = scene.postgres().connect();
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
      throw new HarnessException("cannot see who writes", e);
    }
  }
}
