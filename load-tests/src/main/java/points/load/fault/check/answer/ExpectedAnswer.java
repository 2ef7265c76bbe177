package points.load.fault.check.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Lot;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.RefundDetails;

/** The fields that the API promises in the answer of each kind of entry. Answers may have more. */
public final class ExpectedAnswer {
  private final Entry entry;
  private final JsonObject detail;
  private final JsonObject expected;

  private ExpectedAnswer(Entry entry) {
    this.entry = entry;
    this.detail = entry.extra().detail();
    this.expected =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("sequence", entry.sequence())
            .put("recordedAt", entry.recordedAt().toString());
  }

  /** The fields for one entry. */
  public static JsonObject of(Entry entry) {
    ExpectedAnswer answer = new ExpectedAnswer(entry);
    switch (entry.kind()) {
      case ACCRUAL -> answer.accrual();
      case DEDUCTION -> answer.deduction();
      case ADJUSTMENT, GIFT -> answer.change(1).put("lots", lots(entry.lots(), 1));
      case HOLD -> answer.hold();
      case CAPTURE, RELEASE -> answer.holdEnd();
      case ACTIVATION, CANCELLATION -> answer.pendingEnd();
      case REFUND -> answer.refund();
      case TRANSFER_OUT -> answer.transfer();
      case MERGE_OUT -> answer.merge();
      case CLOSING -> answer.closing();
      case MOVE_OUT -> answer.move();
      case TOP_UP, PAYMENT ->
          answer
              .member()
              .put("amount", entry.origin().amount())
              .put("storedValueBalance", entry.extra().balances().get(Movement.STORED_VALUE));
      case EXCHANGE ->
          answer.member().put("points", -entry.points()).put("fromBalance", entry.balance());
      case REVERSAL ->
          answer
              .member()
              .put("reversed", entry.undone())
              .put("points", entry.points())
              .put("storedValue", entry.worth(Movement.STORED_VALUE))
              .put("balance", entry.balance());
      default -> answer.member();
    }
    return answer.expected;
  }

  private JsonObject member() {
    return expected.put("memberId", entry.memberId());
  }

  /** The fields of a change of available points. */
  private JsonObject change(int sign) {
    Entry.Origin origin = entry.origin();
    member().put("points", sign * entry.points()).put("balance", balance());
    putIfThere("storeId", origin.storeId());
    putIfThere("orderId", origin.orderId());
    putIfThere("operator", origin.operator());
    putIfThere("reason", origin.reason());
    return expected;
  }

  /** Points of a pool are spent by a member, which callers see as its operator. */
  private void deduction() {
    change(-1).put("lots", lots(entry.lots(), -1));
    String sharer = entry.origin().operator();
    if (sharer != null) {
      expected.put("memberId", sharer).put("poolId", entry.memberId()).remove("operator");
    }
  }

  private void accrual() {
    long paid = entry.spent(Movement.POINTS);
    long storedValue = entry.spent(Movement.STORED_VALUE);
    change(1)
        .put("occurredAt", entry.occurredAt().toString())
        .put("points", entry.points() + paid + entry.owed())
        .put("lots", lotsThatCameIn());
    if (paid > 0 || storedValue > 0) {
      expected.put("paid", new JsonObject().put("points", paid).put("storedValue", storedValue));
    }
    if (detail.containsKey("debt")) {
      JsonObject uncovered = new JsonObject();
      for (String name : List.of("points", "storedValue", "debt", "claim")) {
        uncovered.put(name, detail.getLong(name, 0L));
      }
      expected.put("uncovered", uncovered);
    }
    JsonObject awarded = detail.getJsonObject(Entry.AWARDED);
    if (awarded != null) {
      expected.put("why", why(awarded));
    }
    long pending = entry.moved(Movement.POINTS, Place.PENDING);
    if (pending > 0) {
      expected.put(
          "pending",
          new JsonObject().put("points", pending).put("effectiveAt", detail.getString("endsAt")));
    }
  }

  /** The ids of rules, and of lines if there are any, for their numbers. */
  private JsonObject why(JsonObject awarded) {
    Map<Integer, String> ids = new HashMap<>();
    arrays(awarded, "rules").forEach(it -> ids.put(it.getInteger(0), it.getString(1)));
    JsonArray awards = new JsonArray();
    arrays(awarded, "awards")
        .forEach(
            it -> {
              JsonObject award = new JsonObject().put("rule", ids.get(it.getInteger(0)));
              if (!entry.lines().isEmpty()) {
                award.put("lineId", entry.lines().get(it.getInteger(1)).lineId());
              }
              awards.add(award.put("points", it.getLong(2)));
            });
    JsonArray cuts = new JsonArray();
    arrays(awarded, "cuts")
        .forEach(
            it ->
                cuts.add(
                    new JsonObject()
                        .put("rule", ids.get(it.getInteger(0)))
                        .put("reason", it.getString(1).toLowerCase(Locale.ROOT))
                        .put("points", it.getLong(2))));
    JsonObject why =
        new JsonObject()
            .put("ruleBookId", awarded.getString("ruleBookId"))
            .put("publication", awarded.getInteger("publication"))
            .put("awards", awards);
    return cuts.isEmpty() ? why : why.put("cuts", cuts);
  }

  private static Stream<JsonArray> arrays(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream().map(JsonArray.class::cast);
  }

  private void pendingEnd() {
    member()
        .put("refersTo", referred())
        .put("points", -entry.moved(Movement.POINTS, Place.PENDING))
        .put("balance", balance())
        .put("lots", lotsThatCameIn());
  }

  private void hold() {
    member()
        .put("holdId", entry.transactionId())
        .put("points", entry.spent(Movement.POINTS))
        .put("storedValue", entry.spent(Movement.STORED_VALUE))
        .put("balance", entry.balance())
        .put("expiresAt", detail.getString("endsAt"))
        .remove("transactionId");
  }

  private void holdEnd() {
    member().put("holdId", referred()).put("balance", entry.balance());
    if (entry.kind() == Kind.CAPTURE) {
      expected
          .put("points", detail.getLong("points"))
          .put("storedValue", detail.getLong("storedValue"))
          .put("released", detail.getLong("released"))
          .put("expiredOnReturn", detail.getLong("expired"));
    }
  }

  private String referred() {
    return entry.memberId() + "-" + entry.extra().refersTo();
  }

  private void transfer() {
    String other = detail.getString("memberId");
    String sharer = entry.origin().operator();
    expected.put("points", -entry.points()).put("balance", entry.balance());
    if (sharer == null) {
      expected.put("from", entry.memberId()).put("to", other).put("lots", lots(entry.lots(), -1));
    } else {
      boolean in = sharer.equals(entry.memberId());
      expected.put("memberId", sharer).put("poolId", in ? other : entry.memberId());
    }
  }

  private void merge() {
    member()
        .put("status", "merged")
        .put("into", detail.getString("memberId"))
        .put("points", taken(Place.AVAILABLE))
        .put("pending", taken(Place.PENDING))
        .put("debt", taken(Place.DEBT))
        .put("storedValue", -entry.moved(Movement.STORED_VALUE, Place.AVAILABLE));
  }

  private void closing() {
    member()
        .put("status", "closed")
        .put("amount", entry.origin().amount())
        .put("pointsForfeited", taken(Place.AVAILABLE) + taken(Place.PENDING))
        .put("debtForgiven", taken(Place.DEBT))
        .put("storedValue", -entry.moved(Movement.STORED_VALUE, Place.AVAILABLE));
  }

  private long taken(Place place) {
    return -entry.moved(Movement.POINTS, place);
  }

  private void move() {
    expected
        .put("moved", entry.extra().part())
        .put("from", entry.memberId())
        .put("to", detail.getString("memberId"))
        .put("storeId", entry.origin().storeId())
        .put("orderId", entry.origin().orderId())
        .put("points", -detail.getLong("earned", 0L))
        .put("paid", -detail.getLong("spent", 0L))
        .put("balance", entry.balance());
  }

  private void refund() {
    member()
        .put("status", "refunded")
        .put("storeId", entry.origin().storeId())
        .put("orderId", entry.origin().orderId())
        .put("refundId", entry.extra().part())
        .put("balance", entry.balance())
        .put("amount", entry.origin().amount())
        .put("pointsTakenBack", RefundDetails.takenBack(entry, Movement.POINTS))
        .put("pointsGivenBack", RefundDetails.givenBack(entry, Movement.POINTS))
        .put("debt", detail.getLong("debt"))
        .put("whole", detail.getBoolean("whole"));
    putIfThere("refundStoreId", detail.getString("storeId"));
    List<JsonObject> shares = RefundDetails.shares(entry);
    if (!shares.isEmpty()) {
      expected.put("others", new JsonArray(shares.stream().map(ExpectedAnswer::share).toList()));
    }
  }

  private static JsonObject share(JsonObject share) {
    return new JsonObject()
        .put("memberId", share.getString("memberId"))
        .put("takenBack", sums(share.getJsonObject("takenBack")))
        .put("givenBack", sums(share.getJsonObject("givenBack")));
  }

  /** A list, because the names of accounts are not fields of an answer. */
  private static JsonArray sums(JsonObject byAccount) {
    JsonArray sums = new JsonArray();
    byAccount.fieldNames().stream()
        .sorted()
        .map(it -> new JsonObject().put("currency", it).put("points", byAccount.getLong(it)))
        .forEach(sums::add);
    return sums;
  }

  /** The balance without points that had expired when they came in. */
  private long balance() {
    return entry.balance()
        - entry.lots().stream()
            .filter(lot -> lot.points() > 0 && !lot.openAt(entry.recordedAt()))
            .mapToLong(Lot::points)
            .sum();
  }

  private JsonArray lotsThatCameIn() {
    return lots(entry.lots().stream().filter(it -> it.points() > 0).toList(), 1);
  }

  private static JsonArray lots(List<Lot> some, int sign) {
    JsonArray lots = new JsonArray();
    for (Lot lot : some) {
      String until = lot.expiresAt().equals(Lot.NEVER) ? null : lot.expiresAt().toString();
      lots.add(new JsonObject().put("expiresAt", until).put("points", sign * lot.points()));
    }
    return lots;
  }

  private void putIfThere(String name, @Nullable Object value) {
    if (value != null) {
      expected.put(name, value);
    }
  }
}
