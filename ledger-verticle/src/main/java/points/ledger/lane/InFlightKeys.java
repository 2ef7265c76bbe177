package points.ledger.lane;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;

/**
 * Requests and orders that are under way in a lane.
 *
 * <p>A duplicate waits until the first command is finished, because both in one batch would violate
 * their unique index.
 */
final class InFlightKeys {

  private final Map<RequestKey, QueuedCommand> requests = new HashMap<>();
  private final Map<OrderKey, QueuedCommand> orders = new HashMap<>();

  /**
   * Claims a command's request and order; returns the command that holds one of them already.
   *
   * <p>A dry run leaves no entry. It claims nothing and waits for no other command.
   */
  @Nullable QueuedCommand claim(QueuedCommand queued) {
    if (queued.isDryRun()) {
      return null;
    }
    QueuedCommand holder = requests.get(queued.request);
    if (holder == null && queued.order != null) {
      holder = orders.get(queued.order);
    }
    if (holder != null) {
      return holder;
    }
    requests.put(queued.request, queued);
    if (queued.order != null) {
      orders.put(queued.order, queued);
    }
    return null;
  }

  void release(QueuedCommand queued) {
    requests.remove(queued.request, queued);
    if (queued.order != null) {
      orders.remove(queued.order, queued);
    }
  }
}
