package points.ledger.lane;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;

/**
 * Which requests and orders are under way in a lane. The same one again waits for the first to be
 * settled: two of them in one batch would break its unique index.
 */
final class InFlightKeys {

  private final Map<RequestKey, QueuedCommand> requests = new HashMap<>();
  private final Map<OrderKey, QueuedCommand> orders = new HashMap<>();

  /** Claims the command's request and order; the one that holds either if that is another. */
  @Nullable QueuedCommand claim(QueuedCommand pending) {
    QueuedCommand holder = requests.get(pending.request);
    if (holder == null && pending.order != null) {
      holder = orders.get(pending.order);
    }
    if (holder != null) {
      return holder;
    }
    requests.put(pending.request, pending);
    if (pending.order != null) {
      orders.put(pending.order, pending);
    }
    return null;
  }

  void release(QueuedCommand pending) {
    requests.remove(pending.request, pending);
    if (pending.order != null) {
      orders.remove(pending.order, pending);
    }
  }
}
