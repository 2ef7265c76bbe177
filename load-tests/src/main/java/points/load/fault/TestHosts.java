package points.load.fault;

import java.util.List;
import points.load.fault.net.Host;
import points.load.fault.net.Network;

/**
 * The hosts of all processes under test.
 *
 * @param nodes the hosts of the gateways
 * @param database the host of PostgreSQL, or of the primary
 * @param standby the host of the standby
 * @param balancer the host of HAProxy
 */
public record TestHosts(
    Network network, List<Host> nodes, Host database, Host standby, Host balancer) {

  /** Makes the hosts. A process can do this once. */
  public static TestHosts make() {
    Network network = Network.open();
    return new TestHosts(
        network,
        List.of(network.host("n1", 11), network.host("n2", 12), network.host("n3", 13)),
        network.host("db", 21),
        network.host("db2", 22),
        network.host("lb", 31));
  }
}
