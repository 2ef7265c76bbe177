package points.load.reader;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.model.Account;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.Movement;
import points.load.model.Reservation;

/** Reads the JSON columns of the ledger's tables. */
final class PgJson {
  private PgJson() {}

  static List<Movement> movements(List<Lot> available, JsonObject extra) {
    Stream<Movement> others =
        list(extra.getJsonArray("movements", new JsonArray()), JsonArray.class::cast)
            .map(
                it ->
                    new Movement(
                        it.getString(0),
                        Movement.Place.valueOf(it.getString(1)),
                        it.getLong(2),
                        expiry(it.getString(3)),
                        it.getLong(4)));
    return Stream.concat(available.stream().map(Movement::ofAvailable), others).toList();
  }

  static SortedMap<String, Long> balances(JsonObject extra) {
    JsonObject balances = extra.getJsonObject("balances", new JsonObject());
    return map(balances, balances::getLong);
  }

  static SortedMap<String, String> metadata(JsonObject extra) {
    JsonObject metadata = extra.getJsonObject("metadata", new JsonObject());
    return map(metadata, metadata::getString);
  }

  /** The detail, with what the ledger keeps of rule books beside it. */
  static JsonObject detail(JsonObject extra) {
    JsonObject detail = extra.getJsonObject("detail", new JsonObject()).copy();
    for (String field : List.of(Entry.AWARDED, Entry.FACTS)) {
      if (extra.containsKey(field)) {
        detail.put(field, extra.getJsonObject(field));
      }
    }
    return detail;
  }

  static List<Entry.Line> lines(@Nullable String json) {
    return list(json == null ? new JsonArray() : new JsonArray(json), JsonObject.class::cast)
        .map(
            it ->
                new Entry.Line(it.getString("lineId"), it.getLong("amount"), it.getLong("points")))
        .toList();
  }

  static SortedMap<String, Account> accounts(JsonObject extra) {
    JsonObject accounts = extra.getJsonObject("accounts", new JsonObject());
    return map(
        accounts,
        name -> {
          JsonObject it = accounts.getJsonObject(name);
          return new Account(lots(it.getJsonArray("lots")), it.getLong("debt"));
        });
  }

  static List<Reservation> reservations(JsonObject extra) {
    return list(extra.getJsonArray("reserves", new JsonArray()), JsonObject.class::cast)
        .map(PgJson::reservation)
        .toList();
  }

  private static Reservation reservation(JsonObject json) {
    JsonObject lots = json.getJsonObject("lots");
    String endsAt = json.getString("endsAt");
    return new Reservation(
        json.getLong("sequence"),
        Movement.Place.valueOf(json.getString("place")),
        endsAt == null ? null : Instant.parse(endsAt),
        json.getString("storeId"),
        json.getString("orderId"),
        map(lots, name -> lots(lots.getJsonArray(name))));
  }

  private static List<Lot> lots(JsonArray array) {
    return list(array, JsonArray.class::cast)
        .map(it -> new Lot(expiry(it.getString(0)), it.getLong(1)))
        .toList();
  }

  private static Instant expiry(@Nullable String text) {
    return text == null ? Lot.NEVER : Instant.parse(text);
  }

  private static <T> Stream<T> list(JsonArray array, Function<Object, T> type) {
    return array.stream().map(type);
  }

  private static <T> SortedMap<String, T> map(JsonObject json, Function<String, T> read) {
    SortedMap<String, T> map = new TreeMap<>();
    json.fieldNames().forEach(name -> map.put(name, read.apply(name)));
    return map;
  }
}
