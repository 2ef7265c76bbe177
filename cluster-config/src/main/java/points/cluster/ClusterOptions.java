package points.cluster;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.cluster.cache.CacheOptions;

/**
 * The settings by which a node takes part in a cluster.
 *
 * @param name the cluster's name, 1 to 64 of letters, digits, {@code . _ -}; nodes of different
 *     names refuse each other
 * @param discovery how it finds the others
 * @param member where Hazelcast listens
 * @param bus where the event bus listens
 * @param secret the secret by which the nodes of this cluster know each other; null only for a lone
 *     node, which opens neither of the two ports
 * @param cache how many members' states the nodes remember, and for how long
 */
public record ClusterOptions(
    String name,
    Discovery discovery,
    ListenAddress member,
    ListenAddress bus,
    @Nullable ClusterSecret secret,
    CacheOptions cache) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public ClusterOptions {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '" + name + "'; give 1 to 64 letters, digits, dots, underscores or hyphens");
    }
    if (secret == null && !(discovery instanceof Discovery.Alone)) {
      throw new IllegalArgumentException("a cluster has no secret; give it one");
    }
  }

  /** Whether nobody can ever join it. */
  public boolean isAlone() {
    return discovery instanceof Discovery.Alone;
  }

  /**
   * Returns a lone node with default cache options.
   *
   * <p>It listens nowhere and stays alone, whatever else runs on the machine or the network.
   */
  public static ClusterOptions alone() {
    return new ClusterOptions(
        "points",
        Discovery.ALONE,
        ListenAddress.loopback(),
        ListenAddress.loopback(),
        null,
        CacheOptions.defaults());
  }
}
