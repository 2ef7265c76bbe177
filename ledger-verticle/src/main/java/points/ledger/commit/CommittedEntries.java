package points.ledger.commit;

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
   * A member's committed state, and the entries that a decision on the member needs.
   *
   * <p>They are complete up to the state's sequence. Later entries may be among them.
   *
   * @param state null when the member is not enrolled
   */
  record MemberHistory(@Nullable MemberState state, List<Entry> entries) {}

  /**
   * Finds the entries of these requests; fewer than requests if some have no entry.
   *
   * <p>{@link RequestKey#among} then says which entry belongs to which request. The result may also
   * have entries of other requests, because a store's key was once a key of the whole program.
   */
  Future<List<Entry>> ofRequests(List<RequestKey> requests);

  /** The entries that these orders left; fewer than asked for where some left none. */
  Future<List<Entry>> ofOrders(List<OrderKey> orders);

  /** The entries that a command cannot be decided without; in no order. */
  Future<List<Entry>> needed(HistoryQuery needed);

  /** The same entries, with the state of the member on which the command is decided. */
  Future<MemberHistory> needed(MemberKey member, HistoryQuery needed);
}
