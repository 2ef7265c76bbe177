package points.ledger.model;

import org.jspecify.annotations.Nullable;

/** One of the sales that may stand under one order number; each is undone by itself. */
public enum OrderPart {
  /**
   * The goods that the customer bought: the accrual, and the points and stored value that paid for
   * it.
   */
  GOODS,
  /** Stored value that was paid in. */
  TOP_UP;

  /** The part that an entry of this kind belongs to. */
  public static OrderPart of(Entry.Kind kind) {
    return kind == Entry.Kind.TOP_UP ? TOP_UP : GOODS;
  }

  /** Returns whether entries of this kind sell something or pay for it. */
  public static boolean isSale(Entry.Kind kind) {
    return kind.is(EntryTrait.SALE);
  }

  /**
   * Returns the part of its order that a refund entry is: its refund id, and the member of a share.
   *
   * <p>No refund id contains a blank, so none can be taken for a share.
   */
  public static String ofRefund(String refundId, @Nullable String shareOf) {
    return shareOf == null ? refundId : refundId + " for " + shareOf;
  }
}
