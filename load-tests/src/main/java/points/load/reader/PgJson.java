package points.load.reader;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.model.Account;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.Movement;
import points.load.model.Reservation;

/** What the ledger keeps as JSON. */
final class PgJson {
  private PgJson() {}

  static List<Movement> movements(List<Lot> plain, JsonObject extra) {
    Stream<Movement> others =
        extra.getJsonArray("movements", new JsonArray()).stream()
            .map(JsonArray.class::cast)
            .map(
                it ->
                    new Movement(
                        it.getString(0),
                        Movement.Place.valueOf(it.getString(1)),
                        it.getLong(2),
                        expiry(it.getString(3)),
                        it.getLong(4)));
    return Stream.concat(plain.stream().map(Movement::plain), others).toList();
  }

  static Map<String, Long> balances(JsonObject extra) {
    JsonObject balances = extra.getJsonObject("balances", new JsonObject());
    SortedMap<String, Long> read = new TreeMap<>();
    balances.fieldNames().forEach(name -> read.put(name, balances.getLong(name)));
    return read;
  }

  static Map<String, String> metadata(JsonObject extra) {
    JsonObject metadata = extra.getJsonObject("metadata", new JsonObject());
    SortedMap<String, String> read = new TreeMap<>();
    metadata.fieldNames().forEach(name -> read.put(name, metadata.getString(name)));
    return read;
  }

  static List<Entry.Line> lines(@Nullable String json) {
    return json == null
        ? List.of()
        : new JsonArray(json)
            .stream()
                .map(JsonObject.class::cast)
                .map(
                    it ->
                        new Entry.Line(
                            it.getString("lineId"), it.getLong("amount"), it.getLong("points")))
                .toList();
  }

  static SortedMap<String, Account> accounts(JsonObject extra) {
    JsonObject accounts = extra.getJsonObject("accounts", new JsonObject());
    SortedMap<String, Account> read = new TreeMap<>();
    for (String name : accounts.fieldNames()) {
      JsonObject it = accounts.getJsonObject(name);
      read.put(name, new Account(lots(it.getJsonArray("lots")), it.getLong("debt")));
    }
    return read;
  }

  static List<Reservation> reserves(JsonObject extra) {
    return extra.getJsonArray("reserves", new JsonArray()).stream()
        .map(it -> reserve((JsonObject) it))
        .toList();
  }

  private static Reservation reserve(JsonObject json) {
    JsonObject lots = json.getJsonObject("lots");
    SortedMap<String, List<Lot>> read = new TreeMap<>();
    lots.fieldNames().forEach(name -> read.put(name, lots(lots.getJsonArray(name))));
    return new Reservation(
        json.getLong("sequence"),
        Movement.Place.valueOf(json.getString("place")),
        time(json.getString("endsAt")),
        json.getString("storeId"),
        json.getString("orderId"),
        read);
  }

  private static List<Lot> lots(JsonArray array) {
    List<Lot> lots = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonArray lot = array.getJsonArray(i);
      lots.add(new Lot(expiry(lot.getString(0)), lot.getLong(1)));
    }
    return List.copyOf(lots);
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static Instant expiry(@Nullable String text) {
    return text == null ? Lot.NEVER : Instant.parse(text);
  }
}
