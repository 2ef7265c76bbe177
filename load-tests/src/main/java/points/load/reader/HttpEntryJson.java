package points.load.reader;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import points.load.http.Fields;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/**
 * Reads an entry as the gateway shows it. The gateway states of reserved points and of debts only
 * how many moved, and of the detail only some fields; these get the names that the ledger uses.
 */
final class HttpEntryJson {
  private HttpEntryJson() {}

  static Lot lot(Fields json) {
    return new Lot(json.optionalInstant("expiresAt"), json.integer("points"));
  }

  static Entry entry(String memberId, Fields json) {
    Entry entry =
        new Entry(
            memberId,
            json.integer("sequence"),
            kind(json.text("kind")),
            json.integer("points"),
            json.integer("balance"),
            movements(json),
            new Entry.Origin(
                json.optionalText("storeId").orElse(null),
                json.optionalText("orderId").orElse(null),
                json.optionalInteger("amount").orElse(null),
                json.optionalText("operator").orElse(null),
                json.optionalText("reason").orElse(null)),
            extra(json),
            json.instant("occurredAt"),
            json.instant("recordedAt"),
            null);
    if (!entry.transactionId().equals(json.text("transactionId"))) {
      throw new UnexpectedAnswerException(
          "entry %d of %s is named %s"
              .formatted(entry.sequence(), memberId, json.text("transactionId")));
    }
    return entry;
  }

  private static Entry.Kind kind(String name) {
    try {
      return Entry.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswerException("there is no kind of entry " + name);
    }
  }

  private static List<Movement> movements(Fields json) {
    List<Movement> movements = new ArrayList<>();
    json.list("lots").forEach(it -> movements.add(Movement.ofAvailable(lot(it))));
    for (Place place : List.of(Place.HELD, Place.PENDING, Place.DEBT)) {
      json.optionalInteger(place.name().toLowerCase(Locale.ROOT))
          .ifPresent(
              points ->
                  movements.add(
                      new Movement(
                          Movement.POINTS,
                          place,
                          Movement.UNKNOWN_RESERVATION,
                          Lot.NEVER,
                          points)));
    }
    return movements;
  }

  private static Entry.Extra extra(Fields json) {
    Optional<Fields> shown = json.optionalObject("detail");
    JsonObject detail = new JsonObject();
    shown
        .flatMap(it -> it.optionalText("refundStoreId"))
        .ifPresent(store -> detail.put("storeId", store));
    json.optionalObject("why").ifPresent(it -> detail.put(Entry.WHY, it.asIs()));
    JsonObject lapsed = new JsonObject();
    shown.map(it -> it.optionalList("lapsed")).orElse(List.of()).stream()
        .forEach(it -> lapsed.put(it.text("currency"), it.integer("points")));
    if (!lapsed.isEmpty()) {
      detail.put("basis", new JsonObject().put("lapsed", lapsed));
    }
    return new Entry.Extra(
        null,
        shown.flatMap(it -> it.optionalText("refundId")).orElse(""),
        Map.of(),
        json.optionalList("lines").stream()
            .map(
                it -> new Entry.Line(it.text("lineId"), it.integer("amount"), it.integer("points")))
            .toList(),
        detail,
        json.optionalObject("metadata").map(Fields::texts).orElse(Map.of()));
  }
}
