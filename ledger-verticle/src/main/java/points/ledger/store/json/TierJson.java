package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.tier.Floor;
import points.ledger.tier.LevelChange;
import points.ledger.tier.LevelFrom;
import points.ledger.tier.Measured;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierFacts;
import points.ledger.tier.TierMove;

/** The facts of tiers in entries and states, as JSON. Fields that are empty are left out. */
final class TierJson {

  private static final String MONTHS = "months";
  private static final String UNCOUNTED = "uncounted";
  private static final String LEVELS = "levels";
  private static final String LEVEL = "level";
  private static final String BROUGHT = "brought";
  private static final String REVIEW = "reviewAt";
  private static final String GRACE = "inGrace";
  private static final String KEPT = "keptFrom";
  private static final String FLOORS = "floors";
  private static final String FLOOR_END = "floorEndsAt";
  private static final String PROLONGED = "prolonged";
  private static final String SEEN = "seen";

  private TierJson() {}

  /** Returns the facts of a state; null when there are none. */
  static @Nullable JsonObject write(TierFacts facts) {
    var json = new JsonObject();
    put(json, MONTHS, months(facts.months()));
    var levels = new JsonArray();
    facts.levels().forEach(it -> levels.add(new JsonArray().add(it.level()).add(time(it.since()))));
    put(json, LEVELS, levels);
    putReview(json, facts.reviewAt(), facts.inGrace());
    put(json, FLOORS, floors(facts.floors()));
    Instant end = facts.floorEndsAt();
    if (end != null) {
      json.put(FLOOR_END, time(end)); // where the sweep finds it
    }
    return json.isEmpty() ? null : json;
  }

  static JsonObject write(TierChange change) {
    var json = new JsonObject();
    put(json, MONTHS, months(change.measured()));
    put(json, UNCOUNTED, new JsonArray(List.copyOf(change.uncounted())));
    if (change.brought() != null) {
      json.put(BROUGHT, write(change.brought()));
    }
    if (change.level() != null) {
      json.put(LEVEL, write(change.level()));
    }
    if (change.keptFrom() != 0) {
      json.put(KEPT, change.keptFrom());
    }
    put(json, FLOORS, floors(change.floors()));
    if (change.prolonged() != null) {
      json.put(PROLONGED, time(change.prolonged()));
    }
    if (change.seen() != null) {
      json.put(SEEN, write(change.seen()));
    }
    return json;
  }

  private static void put(JsonObject json, String name, JsonArray array) {
    if (!array.isEmpty()) {
      json.put(name, array);
    }
  }

  private static JsonArray months(List<Measured> months) {
    var array = new JsonArray();
    for (Measured it : months) {
      array.add(new JsonArray().add(it.month()).add(it.growth()).add(it.visits()).add(it.spend()));
    }
    return array;
  }

  private static JsonArray floors(List<Floor> floors) {
    var array = new JsonArray();
    for (Floor it : floors) {
      var floor = new JsonArray().add(it.level()).add(time(it.since()));
      array.add(floor.add(it.until() == null ? null : time(it.until())).add(it.ended()));
    }
    return array;
  }

  private static JsonArray write(TierMove move) {
    return new JsonArray().add(move.from()).add(move.to()).add(move.reason().name());
  }

  private static JsonObject write(LevelChange change) {
    var json =
        new JsonObject()
            .put("from", change.from())
            .put("to", change.to())
            .put("since", time(change.since()));
    putReview(json, change.reviewAt(), change.inGrace());
    return json.put("reason", change.reason().name());
  }

  private static void putReview(JsonObject json, @Nullable Instant reviewAt, boolean inGrace) {
    if (reviewAt != null) {
      json.put(REVIEW, time(reviewAt));
    }
    if (inGrace) {
      json.put(GRACE, true);
    }
  }

  static @Nullable TierFacts facts(@Nullable JsonObject json) {
    return json == null
        ? null
        : new TierFacts(
            months(json),
            arrays(json, LEVELS)
                .map(it -> new LevelFrom(it.getString(0), Instant.parse(it.getString(1))))
                .toList(),
            optionalTime(json, REVIEW),
            json.getBoolean(GRACE, false),
            floorsOf(json));
  }

  static @Nullable TierChange change(@Nullable JsonObject json) {
    return json == null
        ? null
        : new TierChange(
            months(json),
            json.getJsonArray(UNCOUNTED, new JsonArray()).stream()
                .map(it -> ((Number) it).intValue())
                .toList(),
            level(json.getJsonObject(BROUGHT)),
            level(json.getJsonObject(LEVEL)),
            json.getInteger(KEPT, 0),
            floorsOf(json),
            optionalTime(json, PROLONGED),
            move(json.getJsonArray(SEEN)));
  }

  private static List<Measured> months(JsonObject json) {
    return arrays(json, MONTHS)
        .map(it -> new Measured(it.getInteger(0), it.getLong(1), it.getLong(2), it.getLong(3)))
        .toList();
  }

  private static @Nullable LevelChange level(@Nullable JsonObject json) {
    return json == null
        ? null
        : new LevelChange(
            json.getString("from"),
            json.getString("to"),
            Instant.parse(json.getString("since")),
            optionalTime(json, REVIEW),
            json.getBoolean(GRACE, false),
            LevelChange.Reason.valueOf(json.getString("reason")));
  }

  private static Stream<JsonArray> arrays(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(JsonArray.class::cast);
  }

  private static String time(Instant instant) {
    return instant.toString();
  }

  private static List<Floor> floorsOf(JsonObject json) {
    return arrays(json, FLOORS).map(TierJson::floor).toList();
  }

  private static Floor floor(JsonArray json) {
    String until = json.getString(2);
    return new Floor(
        json.getString(0),
        Instant.parse(json.getString(1)),
        until == null ? null : Instant.parse(until),
        json.getBoolean(3));
  }

  private static @Nullable TierMove move(@Nullable JsonArray json) {
    return json == null
        ? null
        : new TierMove(
            json.getString(0), json.getString(1), LevelChange.Reason.valueOf(json.getString(2)));
  }

  private static @Nullable Instant optionalTime(JsonObject json, String name) {
    String text = json.getString(name);
    return text == null ? null : Instant.parse(text);
  }
}
