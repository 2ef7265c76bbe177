package points.ledger.store;

import io.vertx.core.Future;
import java.util.List;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Entry;

/** The entries that commands have left, as they were written. */
public interface CommittedEntries {

  /**
   * Finds the entries that these requests left, fewer than asked for if some left none. {@link
   * RequestKey#among} says which is whose: there may be others of the key that a store's key was
   * once.
   */
  Future<List<Entry>> ofRequests(List<RequestKey> requests);

  /** The entries that these orders left; fewer than asked for where some left none. */
  Future<List<Entry>> ofOrders(List<OrderKey> orders);

  /** The entries that a command cannot be decided without; in no order. */
  Future<List<Entry>> needed(HistoryQuery needed);
}
