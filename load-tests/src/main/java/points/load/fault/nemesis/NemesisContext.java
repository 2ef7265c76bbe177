package points.load.fault.nemesis;

import java.time.Duration;
import points.load.fault.client.Workload;
import points.load.fault.net.Network;
import points.load.fault.net.Proxy;
import points.load.fault.process.Fleet;
import points.load.fault.process.Node;
import points.load.fault.process.Postgres;
import points.load.process.Shell;

/**
 * Everything into which a scenario may inject faults. Callers are at work already.
 *
 * @param proxy between the first node and PostgreSQL
 */
public record NemesisContext(
    Network network, Fleet fleet, Postgres postgres, Proxy proxy, Workload workload) {

  Node node(int index) {
    return fleet.node(index);
  }

  /** Waits while callers go on. */
  static void seconds(double seconds) {
    Shell.pause(Duration.ofMillis((long) (seconds * 1000)));
  }
}
