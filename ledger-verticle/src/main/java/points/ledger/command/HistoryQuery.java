package points.ledger.command;

import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/** Entries that a command cannot be decided without. */
public sealed interface HistoryQuery {

  /**
   * The entries of an order, those that refer to them, and the expiries of points that it earned.
   *
   * @param memberId the member into which the order's member was merged; null when that does not
   *     matter
   */
  record OfOrder(String programId, String storeId, String orderId, @Nullable String memberId)
      implements HistoryQuery {

    /** Asks for the entries of an order, whichever member they belong to. */
    public OfOrder(String programId, String storeId, String orderId) {
      this(programId, storeId, orderId, null);
    }
  }

  /**
   * One entry of a member, those that refer to it, and those of its order if it has one.
   *
   * <p>The expiries of points that came in by it belong to them, too.
   */
  record OfEntry(MemberKey member, long sequence) implements HistoryQuery {}
}
