package points.cluster.bus;

import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open at the bus's port.
 *
 * <p>A peer that has shown a sealed message is a node. All others are strangers; if there are too
 * many, the oldest stranger is closed for the newest. So strangers keep no node out, and those of
 * one address take few places of others.
 */
final class Connections {

  /** Each other node has one, and for a moment two. */
  static final int MAX = 64;

  static final int STRANGERS_OF_ADDRESS_MAX = 16;

  private final Map<Channel, String> strangers = new LinkedHashMap<>();
  private final Set<Channel> nodes = new HashSet<>();

  /**
   * Takes a connection in.
   *
   * @param address where it comes from
   * @return the one that has to be closed for it, which is itself when all others are of nodes;
   *     null when none has to
   */
  synchronized @Nullable Channel add(Channel connection, String address) {
    strangers.put(connection, address);
    Channel over = null;
    if (strangers.values().stream().filter(address::equals).count() > STRANGERS_OF_ADDRESS_MAX) {
      over = oldestOf(address);
    } else if (strangers.size() + nodes.size() > MAX) {
      over = strangers.keySet().iterator().next();
    }
    if (over != null) {
      strangers.remove(over);
    }
    return over;
  }

  private Channel oldestOf(String address) {
    return strangers.entrySet().stream()
        .filter(it -> it.getValue().equals(address))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** The connection has shown a sealed message. */
  synchronized void isOfNode(Channel connection) {
    if (strangers.remove(connection) != null) {
      nodes.add(connection);
    }
  }

  /** The connection is closed. */
  synchronized void remove(Channel connection) {
    strangers.remove(connection);
    nodes.remove(connection);
  }
}
