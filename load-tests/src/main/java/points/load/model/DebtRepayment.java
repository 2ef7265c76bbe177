package points.load.model;

import points.load.model.Movement.Place;

/** What is owed is paid before anything else comes in. */
final class DebtRepayment {
  private DebtRepayment() {}

  /** Others may take back more than there is after they have given something. */
  static boolean mustBePaidFirst(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL,
          ADJUSTMENT,
          RELEASE,
          CAPTURE,
          ACTIVATION,
          TOP_UP,
          EXCHANGE,
          TRANSFER_IN,
          MOVE_IN,
          MOVE_RETURN ->
          true;
      default -> false;
    };
  }

  /** Whether it brought points that can still be spent. */
  static boolean takesIn(Entry entry, String account) {
    return entry.movements().stream()
        .anyMatch(
            it ->
                it.place() == Place.AVAILABLE
                    && it.account().equals(account)
                    && it.points() > 0
                    && it.expiresAt().isAfter(entry.recordedAt()));
  }
}
