package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Movement;

/** What an entry adds to the points that its member has earned and spent in its life. */
record Lifetime(long earned, long spent) {
  private static final Lifetime NONE = new Lifetime(0, 0);

  static Lifetime of(Entry entry) {
    JsonObject detail = entry.extra().detail();
    return switch (entry.kind()) {
      case ACCRUAL, TOP_UP -> {
        long paid = entry.paidWith(Movement.POINTS);
        yield new Lifetime(entry.points() + paid, paid);
      }
      case DEDUCTION -> new Lifetime(0, -entry.points());
      case CANCELLATION -> new Lifetime(entry.points(), 0);
      case CAPTURE -> new Lifetime(0, detail.getLong("points", 0L));
      case REFUND -> new Lifetime(-of(detail, "takenBack"), -of(detail, "givenBack"));
      case REVERSAL, MERGE_IN, MOVE_OUT, MOVE_IN, MOVE_RETURN ->
          new Lifetime(detail.getLong("earned", 0L), detail.getLong("spent", 0L));
      default -> NONE;
    };
  }

  private static long of(JsonObject detail, String name) {
    return detail.getJsonObject(name, new JsonObject()).getLong(Movement.POINTS, 0L);
  }
}
