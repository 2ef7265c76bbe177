package points.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.cluster.ClusterOptions;
import points.cluster.ClusterSecret;
import points.cluster.Discovery;
import points.cluster.Discovery.Member;
import points.cluster.ListenAddress;
import points.cluster.cache.CacheOptions;

/**
 * The settings of the cluster. If the list of members is set, it makes a cluster of single nodes.
 */
final class ClusterSettings {

  private static final int MEMBER_PORT = 5701;

  /** Default distance of the event bus's port above Hazelcast's. */
  private static final int BUS_ABOVE = 10_000;

  private static final String SECRET = "POINTS_CLUSTER_SECRET";
  private static final String SECRET_FORM =
      "32 to 256 visible ASCII characters, such as `openssl rand -hex 32` makes";

  /** Stands in for a wrong secret, so that the other settings are checked too. */
  private static final ClusterSecret NONE = new ClusterSecret("-".repeat(32));

  private final SettingsReader environment;

  private ClusterSettings(SettingsReader environment) {
    this.environment = environment;
  }

  static ClusterOptions read(SettingsReader environment) {
    return new ClusterSettings(environment).options();
  }

  private ClusterOptions options() {
    String name = environment.text("POINTS_CLUSTER_NAME", "points");
    String host = environment.value("POINTS_CLUSTER_HOST");
    int port = environment.number("POINTS_CLUSTER_PORT", 0, 0, 65_535);
    int busPort = environment.number("POINTS_BUS_PORT", 0, 0, 65_535);
    ClusterSecret secret = secret();
    try {
      Discovery discovery = discovery();
      if (discovery instanceof Discovery.Alone) {
        return ClusterOptions.alone();
      }
      if (secret == null) {
        environment.wrong(
            SECRET + " must be set in a cluster, the same on every node: " + SECRET_FORM);
        secret = NONE;
      }
      ListenAddress member = member(discovery, host, port);
      var bus = new ListenAddress(member.host(), busPort == 0 ? above(member.port()) : busPort);
      return new ClusterOptions(name, discovery, member, bus, secret, CacheOptions.defaults());
    } catch (IllegalArgumentException e) {
      environment.wrong("POINTS_CLUSTER_NAME: " + e.getMessage());
    } catch (WrongException e) {
      environment.wrong(String.valueOf(e.getMessage()));
    }
    return ClusterOptions.alone();
  }

  private @Nullable ClusterSecret secret() {
    String value = environment.value(SECRET);
    try {
      return value == null ? null : new ClusterSecret(value);
    } catch (IllegalArgumentException e) {
      environment.wrong(SECRET + " must be " + SECRET_FORM); // never the value
      return NONE;
    }
  }

  private static int above(int port) {
    return port + BUS_ABOVE <= 65_535 ? port + BUS_ABOVE : port - BUS_ABOVE;
  }

  private Discovery discovery() throws WrongException {
    String members = environment.value("POINTS_CLUSTER_MEMBERS");
    String name = environment.value("POINTS_CLUSTER_DNS");
    if (members != null && name != null) {
      throw new WrongException(
          "POINTS_CLUSTER_MEMBERS and POINTS_CLUSTER_DNS are both set; set one");
    }
    try {
      if (members != null) {
        return new Discovery.Listed(
            Arrays.stream(members.split(",")).map(m -> Member.parse(m, MEMBER_PORT)).toList());
      }
      return name == null ? Discovery.ALONE : new Discovery.Named(name);
    } catch (IllegalArgumentException e) {
      throw new WrongException(
          members == null
              ? "POINTS_CLUSTER_DNS: " + e.getMessage()
              : "POINTS_CLUSTER_MEMBERS: %s; it must be host:port,host:port,…"
                  .formatted(e.getMessage()));
    }
  }

  private static ListenAddress member(Discovery discovery, @Nullable String host, int port)
      throws WrongException {
    if (discovery instanceof Discovery.Listed listed) {
      return listed(listed.members(), host, port);
    }
    String address = host == null ? ofThisMachine() : checked(host);
    return new ListenAddress(address, port == 0 ? MEMBER_PORT : port);
  }

  /** Returns the listed member that this node is. */
  private static ListenAddress listed(List<Member> members, @Nullable String host, int port)
      throws WrongException {
    List<Member> own =
        members.stream()
            .filter(member -> host == null ? isOwn(member.host()) : member.host().equals(host))
            .filter(member -> port == 0 || member.port() == port)
            .toList();
    if (own.size() == 1) {
      return new ListenAddress(own.get(0).host(), own.get(0).port());
    }
    if (host != null && port != 0) {
      return new ListenAddress(checked(host), port); // it joins the listed members
    }
    throw new WrongException(
        own.isEmpty()
            ? "POINTS_CLUSTER_MEMBERS names no address of this machine; set POINTS_CLUSTER_HOST and"
                + " POINTS_CLUSTER_PORT to where this node listens"
            : "POINTS_CLUSTER_MEMBERS names this machine %d times; set POINTS_CLUSTER_PORT to this node's"
                .formatted(own.size()));
  }

  private static String checked(String host) throws WrongException {
    if (!isOwn(host)) {
      throw new WrongException(
          "POINTS_CLUSTER_HOST is '%s'; it must be an address of this machine that the other nodes reach"
              .formatted(host));
    }
    return host;
  }

  private static boolean isOwn(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
    } catch (IOException e) {
      // The name is not known here, so it is not this machine's.
    }
    return false;
  }

  /** Returns the address of the machine's own name: in Kubernetes, the pod's. */
  private static String ofThisMachine() throws WrongException {
    try {
      InetAddress address = InetAddress.getLocalHost();
      if (!address.isLoopbackAddress()) {
        return address.getHostAddress();
      }
    } catch (UnknownHostException e) {
      // refused below
    }
    throw new WrongException(
        "POINTS_CLUSTER_HOST must be set to the address at which the other nodes reach this one");
  }

  /** A setting that cannot be used; the message names it. */
  private static final class WrongException extends Exception {
    private static final long serialVersionUID = 1;

    private WrongException(String message) {
      super(message);
    }
  }
}
