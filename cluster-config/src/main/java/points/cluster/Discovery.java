package points.cluster;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way in which a node finds the others of its cluster. */
public sealed interface Discovery {

  /** It looks for nobody. */
  Discovery ALONE = new Alone();

  /** It looks for nobody, and nobody finds it. */
  record Alone() implements Discovery {}

  /**
   * Finds the nodes at these addresses, of which its own may be one. A node that answers there
   * names the others, so that not every node has to be listed; the listed ones should outlive the
   * rest.
   *
   * @param members where Hazelcast listens on the nodes
   */
  record Listed(List<Member> members) implements Discovery {
    public Listed {
      if (members.isEmpty()) {
        throw new IllegalArgumentException("no member is listed");
      }
      members = List.copyOf(members);
    }
  }

  /**
   * Finds the nodes at all addresses of a name, such as that of a headless service of Kubernetes.
   *
   * <p>The name is looked up anew every time. All nodes use the same port.
   *
   * @param name a DNS name with an address record for each node, those included that are not ready
   */
  record Named(String name) implements Discovery {
    private static final Pattern NAME =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    public Named {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is no DNS name");
      }
    }
  }

  /**
   * The address of a node's Hazelcast.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  record Member(String host, int port) {
    private static final Pattern FORM =
        Pattern.compile(
            "(?<host>[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:(?<port>\\d{1,5}))?");

    public Member {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port is " + port + "; give 1 to 65535");
      }
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [address]:port}.
     *
     * @param otherwise the port when none is given
     * @throws IllegalArgumentException if it is none of these
     */
    public static Member parse(String text, int otherwise) {
      Matcher parts = FORM.matcher(text.strip());
      if (!parts.matches()) {
        throw new IllegalArgumentException("'" + text.strip() + "' is not host:port");
      }
      String port = parts.group("port");
      String host = parts.group("host").replaceAll("[\\[\\]]", "");
      return new Member(host, port == null ? otherwise : Integer.parseInt(port));
    }

    @Override
    public String toString() {
      return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
  }
}
