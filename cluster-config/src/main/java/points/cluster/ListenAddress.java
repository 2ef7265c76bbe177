package points.cluster;

import java.util.Set;

/**
 * The address at which this node listens for other nodes.
 *
 * <p>Nothing is encrypted, and Hazelcast authenticates nobody, so the host must name one interface,
 * and outside a single machine that interface must be private. Wildcards are refused.
 *
 * @param host a host name or IP address of this machine
 * @param port 1 to 65535, or 0 for any free port
 */
public record ListenAddress(String host, int port) {
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*");

  public ListenAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank; give a host name or IP address");
    }
    if (WILDCARDS.contains(host) || host.contains("*")) {
      throw new IllegalArgumentException(
          "host is " + host + "; name one interface, since nodes do not authenticate each other");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port is " + port + "; give 1 to 65535, or 0 for a free one");
    }
  }

  /** Any free port of the loopback interface. */
  public static ListenAddress loopback() {
    return new ListenAddress("127.0.0.1", 0);
  }
}
