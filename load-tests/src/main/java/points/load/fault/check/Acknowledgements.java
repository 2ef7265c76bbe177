package points.load.fault.check;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Lot;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;

/** What callers were told is what the entry says. */
final class Acknowledgements {
  private Acknowledgements() {}

  static void check(MemberCase member, Findings findings) {
    for (Request request : member.requests()) {
      if (request.wish() instanceof Wish.Withdrawal) {
        continue; // it has no entry
      }
      List<Entry> own = member.entriesOf(request);
      Optional<Entry> entry = own.isEmpty() ? member.doneBefore(request) : Optional.of(own.get(0));
      for (Call call : request.acknowledged()) {
        entry.ifPresentOrElse(
            it -> compare(call, it, findings),
            () ->
                findings.add(
                    "an acknowledged change is not in the books", List.of(call), List.of()));
      }
    }
  }

  private static void compare(Call call, Entry entry, Findings findings) {
    JsonObject told = body(call);
    if (told == null) {
      findings.add("an acknowledgement is no JSON object", List.of(call), List.of(entry));
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Object> field : expected(entry)) {
      Object value = told.getValue(field.getKey());
      if (!told.containsKey(field.getKey()) || !same(value, field.getValue())) {
        wrong.add("%s is %s, the entry has %s".formatted(field.getKey(), value, field.getValue()));
      }
    }
    if (!wrong.isEmpty()) {
      findings.add(
          "an acknowledgement is not what its entry says: " + String.join("; ", wrong),
          List.of(call),
          List.of(entry));
    }
  }

  private static @Nullable JsonObject body(Call call) {
    try {
      return new JsonObject(((Answer.Acknowledged) call.answer()).body());
    } catch (DecodeException | ClassCastException e) {
      return null; // said by the caller of this
    }
  }

  /** What the API promises to tell of each kind of entry; answers may grow beyond it. */
  static JsonObject expected(Entry entry) {
    JsonObject expected =
        new JsonObject()
            .put("sequence", entry.sequence())
            .put("recordedAt", entry.recordedAt().toString());
    switch (entry.kind()) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT -> ofPoints(entry, expected);
      case HOLD -> ofHold(entry, expected);
      case CAPTURE, RELEASE -> ofEnd(entry, expected);
      case ACTIVATION, CANCELLATION -> ofPending(entry, expected);
      case REFUND -> Undone.refund(entry, expected);
      case TRANSFER_OUT -> ofTransfer(entry, expected);
      case MERGE_OUT, CLOSING -> ofEnding(entry, expected);
      case MOVE_OUT -> Undone.move(entry, expected);
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

  /** Whether a number came as 32 or 64 bits means nothing. */
  private static boolean same(@Nullable Object told, Object expected) {
    return new JsonArray().add(told).equals(new JsonArray().add(expected));
  }
}
