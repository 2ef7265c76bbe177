package points.cluster;

import java.util.regex.Pattern;
import points.cluster.hot.HotOptions;

/**
 * How a node takes part in a cluster.
 *
 * @param name the cluster's name, 1 to 64 of letters, digits, {@code . _ -}; nodes of different
 *     names refuse each other
 * @param discovery how it finds the others
 * @param member where Hazelcast listens; port 0 so that any number of lone nodes share a machine
 * @param bus where the event bus listens
 * @param hot what is remembered about busy members
 */
public record ClusterOptions(
    String name, Discovery discovery, ListenAddress member, ListenAddress bus, HotOptions hot) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public ClusterOptions {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '" + name + "'; give 1 to 64 letters, digits, dots, underscores or hyphens");
    }
  }

  /** Whether nobody can ever join it. */
  public boolean isAlone() {
    return discovery instanceof Discovery.Alone;
  }

  /**
   * A lone node on the loopback interface, free ports, default hot options: it stays alone,
   * whatever else runs on the machine or the network.
   */
  public static ClusterOptions alone() {
    return new ClusterOptions(
        "points",
        Discovery.ALONE,
        ListenAddress.loopback(),
        ListenAddress.loopback(),
        HotOptions.defaults());
  }
}
