package points.ledger.command;

import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/** Entries that a command cannot be decided without. */
public sealed interface HistoryQuery {

  /**
   * Those of an order, those that refer to them, and by which what it earned has expired.
   *
   * @param memberId who the order's member goes on as; null when that does not matter
   */
  record OfOrder(String programId, String storeId, String orderId, @Nullable String memberId)
      implements HistoryQuery {

    /** Whoever's it is. */
    public OfOrder(String programId, String storeId, String orderId) {
      this(programId, storeId, orderId, null);
    }
  }

  /**
   * One of a member, those that refer to it, those of its order if it has one, and by which what
   * came in by it has expired.
   */
  record OfEntry(MemberKey member, long sequence) implements HistoryQuery {}
}
