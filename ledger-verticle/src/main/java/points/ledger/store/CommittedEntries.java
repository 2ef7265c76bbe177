package points.ledger.store;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/** The entries that commands have left, as they were written. */
public interface CommittedEntries {

  /**
   * A member's committed state and the entries that a decision on the member needs. None of the
   * member's entries up to the state's sequence is missing; later ones may be among them.
   *
   * @param state null when the member is not enrolled
   */
  record MemberHistory(@Nullable MemberState state, List<Entry> entries) {}

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

  /** The same entries, with the state of the member on which the command is decided. */
  Future<MemberHistory> needed(MemberKey member, HistoryQuery needed);
}
