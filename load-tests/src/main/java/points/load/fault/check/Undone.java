package points.load.fault.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Movement;

/** What the API promises to tell of orders that come back or go to another member. */
final class Undone {
  private Undone() {}

  static void move(Entry entry, JsonObject expected) {
    JsonObject moved = entry.extra().detail();
    expected
        .put("transactionId", entry.transactionId())
        .put("moved", entry.extra().part())
        .put("from", entry.memberId())
        .put("to", moved.getString("memberId"))
        .put("storeId", entry.origin().storeId())
        .put("orderId", entry.origin().orderId())
        .put("points", -moved.getLong("earned", 0L))
        .put("paid", -moved.getLong("spent", 0L))
        .put("balance", entry.balance());
  }

  static void refund(Entry entry, JsonObject expected) {
    JsonObject refunded = entry.extra().detail();
    expected
        .put("status", "refunded")
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.memberId())
        .put("storeId", entry.origin().storeId())
        .put("orderId", entry.origin().orderId())
        .put("refundId", entry.extra().part())
        .put("balance", entry.balance())
        .put("amount", entry.origin().amount())
        .put("pointsTakenBack", SoldOrder.back(entry, "takenBack", Movement.POINTS))
        .put("pointsGivenBack", SoldOrder.back(entry, "givenBack", Movement.POINTS))
        .put("debt", refunded.getLong("debt"))
        .put("whole", refunded.getBoolean("whole"));
    Acknowledgements.putIfThere(expected, "refundStoreId", refunded.getString("storeId"));
    List<JsonObject> others = Shares.planned(entry);
    if (!others.isEmpty()) {
      expected.put("others", new JsonArray(others.stream().map(Undone::share).toList()));
    }
  }

  private static JsonObject share(JsonObject planned) {
    return new JsonObject()
        .put("memberId", planned.getString("memberId"))
        .put("takenBack", sums(planned.getJsonObject("takenBack")))
        .put("givenBack", sums(planned.getJsonObject("givenBack")));
  }

  /** The names of accounts are no fields of an answer. */
  private static JsonArray sums(JsonObject byAccount) {
    JsonArray sums = new JsonArray();
    byAccount.fieldNames().stream()
        .sorted()
        .forEach(
            account ->
                sums.add(
                    new JsonObject()
                        .put("currency", account)
                        .put("points", byAccount.getLong(account))));
    return sums;
  }
}
