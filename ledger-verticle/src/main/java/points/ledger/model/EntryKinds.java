package points.ledger.model;

/** Groups of kinds of entries. */
public final class EntryKinds {

  private EntryKinds() {}

  /** Whether a sale of this kind can be moved to another member. */
  public static boolean isMovable(Entry.Kind kind) {
    return kind == Entry.Kind.ACCRUAL
        || kind == Entry.Kind.MOVE_IN
        || kind == Entry.Kind.MOVE_RETURN;
  }

  /** Whether an entry of this kind can be reversed; others are ended or undone in their own way. */
  public static boolean isReversible(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT, CAPTURE, REFUND, TOP_UP, PAYMENT, EXCHANGE, OPENING ->
          true;
      default -> false;
    };
  }
}
