package points.ledger.model;

import org.jspecify.annotations.Nullable;

/**
 * What an entry adds to the points that a member has earned and spent in its life.
 *
 * @param earned below 0 when points were taken back
 * @param spent below 0 when points were given back
 */
public record LifetimeTotals(long earned, long spent) {

  private static final LifetimeTotals NONE = new LifetimeTotals(0, 0);

  public static LifetimeTotals of(Entry entry) {
    return switch (entry.kind()) {
      case ACCRUAL, TOP_UP -> {
        long paid = entry.paid() + entry.owed();
        yield new LifetimeTotals(entry.points() + paid, paid);
      }
      case DEDUCTION -> new LifetimeTotals(0, -entry.points());
      case CANCELLATION -> new LifetimeTotals(entry.points(), 0);
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

  private static LifetimeTotals lifetimeOf(@Nullable Detail detail) {
    return detail == null ? NONE : detail.lifetime();
  }

  public LifetimeTotals negated() {
    return new LifetimeTotals(-earned, -spent);
  }
}
