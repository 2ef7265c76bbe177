package points.load.model;

import io.vertx.core.json.JsonObject;

/** The points that an entry adds to its member's lifetime totals, earned and spent. */
public record LifetimeTotals(long earned, long spent) {
  private static final LifetimeTotals NONE = new LifetimeTotals(0, 0);

  /** Calculates them from the entry alone. */
  public static LifetimeTotals of(Entry entry) {
    JsonObject detail = entry.extra().detail();
    return switch (entry.kind()) {
      case ACCRUAL, TOP_UP -> {
        long paid = entry.paidWith(Movement.POINTS);
        yield new LifetimeTotals(entry.points() + paid, paid);
      }
      case DEDUCTION -> new LifetimeTotals(0, -entry.points());
      case CANCELLATION -> new LifetimeTotals(entry.points(), 0);
      case CAPTURE -> new LifetimeTotals(0, entry.paidWith(Movement.POINTS));
      case REFUND ->
          new LifetimeTotals(
              -RefundDetails.takenBack(entry, Movement.POINTS),
              -RefundDetails.givenBack(entry, Movement.POINTS));
      case REVERSAL, MERGE_IN, MOVE_OUT, MOVE_IN, MOVE_RETURN ->
          new LifetimeTotals(detail.getLong("earned", 0L), detail.getLong("spent", 0L));
      default -> NONE;
    };
  }
}
