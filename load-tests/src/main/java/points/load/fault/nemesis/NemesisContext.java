package points.load.fault.nemesis;

import java.time.Duration;
import points.load.fault.client.Workload;
import points.load.fault.net.Network;
import points.load.fault.net.Proxy;
import points.load.fault.net.Shell;
import points.load.fault.process.Fleet;
import points.load.fault.process.Node;
import points.load.fault.process.Postgres;

/**
 * What a scenario may lay hands on. Callers are at work already.
 *
 * @param proxy between the first node and PostgreSQL
 */
public record NemesisContext(
    Network network, Fleet fleet, Postgres postgres, Proxy proxy, Workload workload) {

  Node node(int index) {
    return fleet.node(index);
  }

  /** Lets callers go on for that long. */
  static void seconds(double seconds) {
    Shell.pause(Duration.ofMillis((long) (seconds * 1000)));
  }
}
