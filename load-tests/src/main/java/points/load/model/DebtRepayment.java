package points.load.model;

import java.util.EnumSet;
import java.util.Set;
import points.load.model.Entry.Kind;
import points.load.model.Movement.Place;

/** The rule that points which come in repay a debt before any of them can be spent. */
final class DebtRepayment {
  /** The other kinds may take more than there is after they have given something. */
  private static final Set<Kind> REPAYS_FIRST =
      EnumSet.of(
          Kind.ACCRUAL,
          Kind.ADJUSTMENT,
          Kind.GIFT,
          Kind.RELEASE,
          Kind.CAPTURE,
          Kind.ACTIVATION,
          Kind.TOP_UP,
          Kind.EXCHANGE,
          Kind.TRANSFER_IN,
          Kind.MOVE_IN,
          Kind.MOVE_RETURN);

  private DebtRepayment() {}

  /** Whether points came in by an entry that should have repaid a debt of the account first. */
  static boolean isSkipped(Entry entry, String account) {
    return REPAYS_FIRST.contains(entry.kind())
        && entry.movements().stream()
            .anyMatch(
                it ->
                    it.isOf(account, Place.AVAILABLE)
                        && it.points() > 0
                        && it.expiresAt().isAfter(entry.recordedAt()));
  }
}
