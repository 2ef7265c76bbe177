package points.load.fault.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * Hosts on one bridge, in a network and mount namespace of this process. The script that starts the
 * process makes the namespaces, so nothing is visible outside and all of it ends with the process.
 *
 * <p>Two hosts are cut off from each other by a wrong hardware address: packets are sent, arrive
 * nowhere, and no error comes back. A broken switch looks like that. A refused connection would be
 * easier to notice.
 */
public final class Network {
  static final String PREFIX = "10.77.0.";

  /** The address of the test itself, with its callers and its proxy. */
  public static final String TESTER = PREFIX + "1";

  private static final String NOBODY = "02:00:00:00:ff:ff";
  private static final String MARK = "POINTS_FAULT_NAMESPACES";

  private final List<Host> hosts = new ArrayList<>();

  private Network() {}

  /**
   * Makes the bridge.
   *
   * @throws HarnessException when this process is not in namespaces of its own
   */
  public static Network open() {
    if (System.getenv(MARK) == null) {
      throw new HarnessException(
          "not in namespaces of its own: start the fault tests by load-tests/fault");
    }
    Shell.run("ip", "link", "set", "lo", "up");
    Shell.run("ip", "link", "add", "br0", "type", "bridge");
    Shell.run("ip", "address", "add", TESTER + "/24", "dev", "br0");
    Shell.run("ip", "link", "set", "br0", "up");
    return new Network();
  }

  /** Adds a host. */
  public Host host(String name, int number) {
    Host host = new Host(name, number);
    if (!Files.exists(Path.of("/run/netns", name))) {
      Shell.run("ip", "netns", "add", name);
    }
    String outside = "to-" + name;
    Shell.run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name);
    Shell.run("ip", "link", "set", outside, "master", "br0", "up");
    host.run("ip", "link", "set", "lo", "up");
    host.run("ip", "address", "add", host.address() + "/24", "dev", "eth0");
    host.run("ip", "link", "set", "eth0", "up");
    hosts.add(host);
    return host;
  }

  /** Cuts two hosts off from each other. */
  public void cut(Host one, Host other) {
    silence(one, other);
    silence(other, one);
  }

  /** Drops all that the speaker sends to the listener, but not what the listener sends. */
  public void silence(Host speaker, Host listener) {
    speaker.run(
        "ip",
        "neighbour",
        "replace",
        listener.address(),
        "lladdr",
        NOBODY,
        "nud",
        "permanent",
        "dev",
        "eth0");
  }

  /** Connects all hosts again. */
  public void heal() {
    for (Host host : hosts) {
      host.run("ip", "neighbour", "flush", "dev", "eth0", "nud", "permanent");
    }
  }
}
