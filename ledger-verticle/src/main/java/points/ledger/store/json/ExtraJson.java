package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;

/**
 * The parts of few entries and few states beyond points that come and go: as JSON, which SQL reads,
 * too. Expiries are RFC 3339 in UTC, null for never.
 */
public final class ExtraJson {

  private static final String FACTS = "facts";

  private ExtraJson() {}

  /** Returns the fields of an entry beyond its points and their lots; null when there are none. */
  public static @Nullable JsonObject of(Entry entry) {
    var json = new JsonObject();
    var movements = new JsonArray();
    for (Movement it : entry.movements()) {
      if (!it.isPlain()) {
        movements.add(
            new JsonArray()
                .add(it.account())
                .add(it.place().name())
                .add(it.reserve())
                .add(time(it.expiresAt()))
                .add(it.points()));
      }
    }
    if (!movements.isEmpty()) {
      json.put("movements", movements);
    }
    if (!entry.balances().isEmpty()) {
      json.put("balances", numbers(entry.balances()));
    }
    if (entry.detail() != null) {
      json.put("detail", DetailJson.write(entry.detail()));
    }
    putUnlessNull(json, FactsJson.write(entry.factsChange()));
    if (!entry.origin().metadata().isEmpty()) {
      json.put("metadata", new JsonObject(new TreeMap<>(entry.origin().metadata())));
    }
    return json.isEmpty() ? null : json;
  }

  /** All movements: of points that come and go, and what else there is. */
  public static List<Movement> movements(List<Lot> lots, @Nullable JsonObject extra) {
    JsonArray others = extra == null ? null : extra.getJsonArray("movements");
    var movements = new ArrayList<Movement>(lots.size() + (others == null ? 0 : others.size()));
    for (Lot lot : lots) {
      movements.add(
          new Movement(Accounts.POINTS, Place.AVAILABLE, 0, lot.expiresAt(), lot.points()));
    }
    for (int i = 0; others != null && i < others.size(); i++) {
      JsonArray it = others.getJsonArray(i);
      movements.add(
          new Movement(
              it.getString(0),
              Place.valueOf(it.getString(1)),
              it.getLong(2),
              time(it.getString(3)),
              it.getLong(4)));
    }
    return List.copyOf(movements);
  }

  public static SortedMap<String, Long> balances(@Nullable JsonObject extra) {
    JsonObject balances = extra == null ? null : extra.getJsonObject("balances");
    return balances == null ? Collections.emptySortedMap() : numbers(balances);
  }

  /** Returns the metadata that the caller added to an entry. */
  public static SortedMap<String, String> metadata(@Nullable JsonObject extra) {
    JsonObject json = extra == null ? null : extra.getJsonObject("metadata");
    var metadata = new TreeMap<String, String>();
    if (json != null) {
      json.fieldNames().forEach(name -> metadata.put(name, json.getString(name)));
    }
    return metadata;
  }

  /** Returns the parts of a state beyond points that can be spent; null when there are none. */
  public static @Nullable JsonObject of(MemberState state) {
    var json = new JsonObject();
    if (!state.accounts().others().isEmpty()) {
      var accounts = new JsonObject();
      state.accounts().others().forEach((name, account) -> accounts.put(name, account(account)));
      json.put("accounts", accounts);
    }
    if (!state.reserves().isEmpty()) {
      var reserves = new JsonArray();
      state.reserves().forEach(it -> reserves.add(reserve(it)));
      json.put("reserves", reserves);
    }
    if (state.mergedInto() != null) {
      json.put("mergedInto", state.mergedInto());
    }
    putUnlessNull(json, FactsJson.write(state.facts()));
    return json.isEmpty() ? null : json;
  }

  public static Accounts accounts(Lots points, long debt, @Nullable JsonObject extra) {
    JsonObject others = extra == null ? null : extra.getJsonObject("accounts");
    var accounts = new HashMap<String, Account>();
    if (others != null) {
      for (String name : others.fieldNames()) {
        JsonObject it = others.getJsonObject(name);
        accounts.put(name, new Account(lots(it.getJsonArray("lots")), it.getLong("debt")));
      }
    }
    return Accounts.of(new Account(points, debt), accounts);
  }

  public static List<Reservation> reserves(@Nullable JsonObject extra) {
    JsonArray array = extra == null ? null : extra.getJsonArray("reserves");
    if (array == null) {
      return List.of();
    }
    var reserves = new ArrayList<Reservation>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonObject it = array.getJsonObject(i);
      String endsAt = it.getString("endsAt");
      var lots = new HashMap<String, Lots>();
      it.getJsonObject("lots")
          .forEach(account -> lots.put(account.getKey(), lots((JsonArray) account.getValue())));
      reserves.add(
          Reservation.of(
              it.getLong("sequence"),
              Place.valueOf(it.getString("place")),
              endsAt == null ? null : Instant.parse(endsAt),
              it.getString("storeId"),
              it.getString("orderId"),
              lots));
    }
    return List.copyOf(reserves);
  }

  public static @Nullable String mergedInto(@Nullable JsonObject extra) {
    return extra == null ? null : extra.getString("mergedInto");
  }

  /** Returns the facts of a state that rule books look at. */
  public static EarningFacts facts(boolean hasBought, @Nullable JsonObject extra) {
    return FactsJson.facts(hasBought, extra == null ? null : extra.getJsonObject(FACTS));
  }

  public static @Nullable FactsChange factsChange(@Nullable JsonObject extra) {
    return FactsJson.change(extra == null ? null : extra.getJsonObject(FACTS));
  }

  private static void putUnlessNull(JsonObject json, @Nullable JsonObject facts) {
    if (facts != null) {
      json.put(FACTS, facts);
    }
  }

  private static JsonObject account(Account account) {
    return new JsonObject().put("lots", lots(account.lots())).put("debt", account.debt());
  }

  private static JsonObject reserve(Reservation reserve) {
    var lots = new JsonObject();
    reserve.lots().forEach((account, some) -> lots.put(account, lots(some)));
    return new JsonObject()
        .put("sequence", reserve.sequence())
        .put("place", reserve.place().name())
        .put("endsAt", reserve.endsAt() == null ? null : reserve.endsAt().toString())
        .put("storeId", reserve.storeId())
        .put("orderId", reserve.orderId())
        .put("lots", lots);
  }

  private static JsonArray lots(Lots lots) {
    var array = new JsonArray();
    lots.byExpiry()
        .forEach(lot -> array.add(new JsonArray().add(time(lot.expiresAt())).add(lot.points())));
    return array;
  }

  private static Lots lots(JsonArray array) {
    var lots = new ArrayList<Lot>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonArray lot = array.getJsonArray(i);
      lots.add(new Lot(time(lot.getString(0)), lot.getLong(1)));
    }
    return Lots.of(lots);
  }

  static JsonObject numbers(Map<String, Long> numbers) {
    var json = new JsonObject();
    numbers.forEach(json::put);
    return json;
  }

  static SortedMap<String, Long> numbers(JsonObject json) {
    var numbers = new TreeMap<String, Long>();
    json.fieldNames().forEach(name -> numbers.put(name, json.getLong(name)));
    return numbers;
  }

  private static @Nullable String time(Instant expiresAt) {
    return expiresAt.equals(Lot.NEVER) ? null : expiresAt.toString();
  }

  private static Instant time(@Nullable String expiresAt) {
    return expiresAt == null ? Lot.NEVER : Instant.parse(expiresAt);
  }
}
