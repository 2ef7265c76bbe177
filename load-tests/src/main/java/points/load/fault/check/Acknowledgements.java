package points.load.fault.check;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Lot;

/** What callers were told is what the entry says. */
final class Acknowledgements {
  private Acknowledgements() {}

  static void check(MemberCase member, Findings findings) {
    Map<String, List<Entry>> entries = member.entriesByKey();
    for (Request request : member.requests()) {
      for (Call call : request.acknowledged()) {
        List<Entry> own = entries.getOrDefault(request.key(), List.of());
        if (own.isEmpty()) {
          findings.add("an acknowledged change is not in the books", List.of(call), List.of());
        } else {
          compare(call, own.get(0), findings);
        }
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
  private static JsonObject expected(Entry entry) {
    boolean spent = entry.kind() == Entry.Kind.DEDUCTION;
    JsonObject expected =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.memberId())
            .put("sequence", entry.sequence())
            .put("points", spent ? -entry.points() : entry.points())
            .put("balance", entry.balance())
            .put("lots", lots(entry, spent ? -1 : 1))
            .put("recordedAt", entry.recordedAt().toString());
    Entry.Origin origin = entry.origin();
    if (entry.kind() == Entry.Kind.ACCRUAL) {
      expected.put("occurredAt", entry.occurredAt().toString());
    }
    putIfThere(expected, "storeId", origin.storeId());
    putIfThere(expected, "orderId", origin.orderId());
    putIfThere(expected, "operator", origin.operator());
    putIfThere(expected, "reason", origin.reason());
    return expected;
  }

  private static JsonArray lots(Entry entry, int sign) {
    JsonArray lots = new JsonArray();
    for (Lot lot : entry.lots()) {
      String until = lot.expiresAt().equals(Lot.NEVER) ? null : lot.expiresAt().toString();
      lots.add(new JsonObject().put("expiresAt", until).put("points", sign * lot.points()));
    }
    return lots;
  }

  private static void putIfThere(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /** Whether a number came as 32 or 64 bits means nothing. */
  private static boolean same(@Nullable Object told, Object expected) {
    return new JsonArray().add(told).equals(new JsonArray().add(expected));
  }
}
