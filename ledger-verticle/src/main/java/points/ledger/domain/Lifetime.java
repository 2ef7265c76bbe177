package points.ledger.domain;

import org.jspecify.annotations.Nullable;

/**
 * What an entry adds to the points that a member has earned and spent in its life.
 *
 * @param earned below 0 when points were taken back
 * @param spent below 0 when points were given back
 */
public record Lifetime(long earned, long spent) {

  private static final Lifetime NONE = new Lifetime(0, 0);

  static Lifetime of(Entry entry) {
    return switch (entry.kind()) {
      case ACCRUAL, TOP_UP -> {
        long paid = entry.paid() + entry.owed();
        yield new Lifetime(entry.points() + paid, paid);
      }
      case DEDUCTION -> new Lifetime(0, -entry.points());
      case CANCELLATION -> new Lifetime(entry.points(), 0);
      case CAPTURE, REFUND, REVERSAL, MERGE_IN, MOVE_OUT, MOVE_IN, MOVE_RETURN ->
          lifetimeOf(entry.detail());
      case ADJUSTMENT,
          EXPIRY,
          FREEZE,
          UNFREEZE,
          HOLD,
          RELEASE,
          PAYMENT,
          EXCHANGE,
          ACTIVATION,
          TRANSFER_OUT,
          TRANSFER_IN,
          TRANSFER_RETURN,
          MERGE_OUT,
          CLOSING,
          OPENING ->
          NONE;
    };
  }

  private static Lifetime lifetimeOf(@Nullable Detail detail) {
    return detail == null ? NONE : detail.lifetime();
  }

  Lifetime negated() {
    return new Lifetime(-earned, -spent);
  }
}
