package points.load.fault.check.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.order.RefundDetails;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** What the API promises to tell of orders that come back or go to another member. */
public final class ExpectedAnswer {
  private ExpectedAnswer() {}

  /** What the API promises to tell of each kind of entry; answers may grow beyond it. */
  public static JsonObject of(Entry entry) {
    JsonObject expected =
        new JsonObject()
            .put("sequence", entry.sequence())
            .put("recordedAt", entry.recordedAt().toString());
    switch (entry.kind()) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT -> ofPoints(entry, expected);
      case HOLD -> ofHold(entry, expected);
      case CAPTURE, RELEASE -> ofEnd(entry, expected);
      case ACTIVATION, CANCELLATION -> ofPending(entry, expected);
      case REFUND -> refund(entry, expected);
      case TRANSFER_OUT -> ofTransfer(entry, expected);
      case MERGE_OUT, CLOSING -> ofEnding(entry, expected);
      case MOVE_OUT -> move(entry, expected);
      default -> ofOthers(entry, expected);
    }
    return expected;
  }

  private static void ofPoints(Entry entry, JsonObject expected) {
    boolean spent = entry.kind() == Entry.Kind.DEDUCTION;
    expected
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.memberId())
        .put("points", spent ? -entry.points() : entry.points())
        .put("balance", left(entry))
        .put("lots", lots(entry, spent ? -1 : 1));
    Entry.Origin origin = entry.origin();
    if (entry.kind() == Entry.Kind.ACCRUAL) {
      ofSale(entry, expected);
    }
    putIfThere(expected, "storeId", origin.storeId());
    putIfThere(expected, "orderId", origin.orderId());
    if (spent && origin.operator() != null) { // from a pool, for that member
      expected.put("memberId", origin.operator()).put("poolId", entry.memberId());
    } else {
      putIfThere(expected, "operator", origin.operator());
    }
    putIfThere(expected, "reason", origin.reason());
  }

  /** What it was paid with went out before anything came in. */
  private static void ofSale(Entry entry, JsonObject expected) {
    long paid = entry.spent(Movement.POINTS);
    long storedValue = entry.spent(Movement.STORED_VALUE);
    expected
        .put("occurredAt", entry.occurredAt().toString())
        .put("points", entry.points() + paid + entry.owed())
        .put("lots", lotsThatCameIn(entry));
    if (paid > 0 || storedValue > 0) {
      expected.put("paid", new JsonObject().put("points", paid).put("storedValue", storedValue));
    }
    JsonObject detail = entry.extra().detail();
    if (detail.containsKey("debt")) {
      JsonObject uncovered = new JsonObject();
      for (String name : List.of("points", "storedValue", "debt", "claim")) {
        uncovered.put(name, detail.getLong(name, 0L));
      }
      expected.put("uncovered", uncovered);
    }
    long pending = entry.moved(Movement.POINTS, Place.PENDING);
    if (pending > 0) {
      expected.put(
          "pending",
          new JsonObject().put("points", pending).put("effectiveAt", detail.getString("endsAt")));
    }
  }

  private static void ofPending(Entry entry, JsonObject expected) {
    expected
        .put("transactionId", entry.transactionId())
        .put("refersTo", entry.memberId() + "-" + entry.extra().refersTo())
        .put("memberId", entry.memberId())
        .put("points", -entry.moved(Movement.POINTS, Place.PENDING))
        .put("balance", left(entry))
        .put("lots", lotsThatCameIn(entry));
  }

  private static void ofHold(Entry entry, JsonObject expected) {
    expected
        .put("holdId", entry.transactionId())
        .put("memberId", entry.memberId())
        .put("points", entry.spent(Movement.POINTS))
        .put("storedValue", entry.spent(Movement.STORED_VALUE))
        .put("balance", entry.balance())
        .put("expiresAt", entry.extra().detail().getString("endsAt"));
  }

  private static void ofEnd(Entry entry, JsonObject expected) {
    expected
        .put("transactionId", entry.transactionId())
        .put("holdId", entry.memberId() + "-" + entry.extra().refersTo())
        .put("memberId", entry.memberId())
        .put("balance", entry.balance());
    if (entry.kind() == Entry.Kind.CAPTURE) {
      JsonObject captured = entry.extra().detail();
      expected
          .put("points", captured.getLong("points"))
          .put("storedValue", captured.getLong("storedValue"))
          .put("released", captured.getLong("released"))
          .put("expiredOnReturn", captured.getLong("expired"));
    }
  }

  private static void ofTransfer(Entry entry, JsonObject expected) {
    String other = entry.extra().detail().getString("memberId");
    String sharer = entry.origin().operator();
    expected
        .put("transactionId", entry.transactionId())
        .put("points", -entry.points())
        .put("balance", entry.balance());
    if (sharer == null) {
      expected.put("from", entry.memberId()).put("to", other).put("lots", lots(entry, -1));
    } else {
      boolean in = sharer.equals(entry.memberId());
      expected.put("memberId", sharer).put("poolId", in ? other : entry.memberId());
    }
  }

  private static void ofEnding(Entry entry, JsonObject expected) {
    long points = -entry.moved(Movement.POINTS, Place.AVAILABLE);
    long pending = -entry.moved(Movement.POINTS, Place.PENDING);
    long debt = -entry.moved(Movement.POINTS, Place.DEBT);
    expected
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.memberId())
        .put("storedValue", -entry.moved(Movement.STORED_VALUE, Place.AVAILABLE));
    if (entry.kind() == Entry.Kind.MERGE_OUT) {
      expected
          .put("status", "merged")
          .put("into", entry.extra().detail().getString("memberId"))
          .put("points", points)
          .put("pending", pending)
          .put("debt", debt);
    } else {
      expected
          .put("status", "closed")
          .put("amount", entry.origin().amount())
          .put("pointsForfeited", points + pending)
          .put("debtForgiven", debt);
    }
  }

  /** Reversals, what is paid in and paid with, and exchanges. */
  private static void ofOthers(Entry entry, JsonObject expected) {
    expected.put("transactionId", entry.transactionId()).put("memberId", entry.memberId());
    switch (entry.kind()) {
      case TOP_UP, PAYMENT ->
          expected
              .put("amount", entry.origin().amount())
              .put("storedValueBalance", entry.extra().balances().get(Movement.STORED_VALUE));
      case EXCHANGE -> expected.put("points", -entry.points()).put("fromBalance", entry.balance());
      case REVERSAL ->
          expected
              .put("reversed", entry.undone())
              .put("points", entry.points())
              .put("storedValue", entry.worth(Movement.STORED_VALUE))
              .put("balance", entry.balance());
      default -> {}
    }
  }

  /** What came in and had expired by then is gone again when the caller has its answer. */
  private static long left(Entry entry) {
    long gone = 0;
    for (Lot lot : entry.lots()) {
      gone += lot.points() > 0 && !lot.expiresAt().isAfter(entry.recordedAt()) ? lot.points() : 0;
    }
    return entry.balance() - gone;
  }

  private static JsonArray lotsThatCameIn(Entry entry) {
    return lots(entry.lots().stream().filter(it -> it.points() > 0).toList(), 1);
  }

  private static JsonArray lots(Entry entry, int sign) {
    return lots(entry.lots(), sign);
  }

  private static JsonArray lots(List<Lot> some, int sign) {
    JsonArray lots = new JsonArray();
    for (Lot lot : some) {
      String until = lot.expiresAt().equals(Lot.NEVER) ? null : lot.expiresAt().toString();
      lots.add(new JsonObject().put("expiresAt", until).put("points", sign * lot.points()));
    }
    return lots;
  }

  static void putIfThere(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

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
        .put("pointsTakenBack", RefundDetails.takenBack(entry, Movement.POINTS))
        .put("pointsGivenBack", RefundDetails.givenBack(entry, Movement.POINTS))
        .put("debt", refunded.getLong("debt"))
        .put("whole", refunded.getBoolean("whole"));
    putIfThere(expected, "refundStoreId", refunded.getString("storeId"));
    List<JsonObject> others = RefundDetails.shares(entry);
    if (!others.isEmpty()) {
      expected.put("others", new JsonArray(others.stream().map(ExpectedAnswer::share).toList()));
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
