package points.ledger.domain;

/** One of the sales that may stand under one order number; each is undone by itself. */
public enum OrderPart {
  /** What the customer bought: the accrual, and what points and stored value paid for it. */
  GOODS,
  /** Stored value that was paid in. */
  TOP_UP;

  /** The part that an entry of this kind belongs to. */
  static OrderPart of(Entry.Kind kind) {
    return kind == Entry.Kind.TOP_UP ? TOP_UP : GOODS;
  }

  /** Whether entries of this kind sell something or pay for it. */
  public static boolean isSale(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, TOP_UP, DEDUCTION, PAYMENT, CAPTURE, MOVE_IN, MOVE_RETURN -> true;
      default -> false;
    };
  }
}
