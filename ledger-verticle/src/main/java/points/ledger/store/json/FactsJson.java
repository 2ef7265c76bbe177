package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.RecentOrder;
import points.ledger.abuse.RecentOrders;
import points.ledger.award.CapUse;
import points.ledger.award.CapUses;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.book.Caps.Period;
import points.ledger.budget.BudgetCharge;
import points.ledger.rules.Fraction;

/** The facts that rule books look at, in states and as entries change them, as JSON. */
final class FactsJson {

  private FactsJson() {}

  /** Returns the facts that are not a column of their own; null when there are none. */
  static @Nullable JsonObject write(EarningFacts facts) {
    JsonObject json = write(facts.carry(), facts.capUses().all());
    JsonObject tier = TierJson.write(facts.tier());
    json = tier == null ? json : (json == null ? new JsonObject() : json).put("tier", tier);
    return withRecent(json, facts.recent().all());
  }

  /** Returns a change as JSON; null when there is none. */
  static @Nullable JsonObject write(FactsChange change) {
    JsonObject json = write(change.carried(), change.capUses());
    if (change.bought()) {
      json = (json == null ? new JsonObject() : json).put("bought", true);
    }
    if (!change.tier().isNone()) {
      json = (json == null ? new JsonObject() : json).put("tier", TierJson.write(change.tier()));
    }
    JsonArray charges = charges(change.charges());
    json =
        charges.isEmpty() ? json : (json == null ? new JsonObject() : json).put("budgets", charges);
    return withRecent(json, change.recent());
  }

  private static @Nullable JsonObject withRecent(
      @Nullable JsonObject json, List<RecentOrder> orders) {
    if (orders.isEmpty()) {
      return json;
    }
    var recent = new JsonArray();
    for (RecentOrder it : orders) {
      recent.add(new JsonArray().add(it.paidAt()).add(it.points()).add(it.amount()));
    }
    return (json == null ? new JsonObject() : json).put("recent", recent);
  }

  private static List<RecentOrder> recent(JsonObject json) {
    return arrays(json, "recent")
        .map(it -> new RecentOrder(it.getLong(0), it.getLong(1), it.getLong(2)))
        .toList();
  }

  private static @Nullable RecentOrders recentOrders(JsonObject json) {
    return json.containsKey("recent") ? new RecentOrders(recent(json)) : null;
  }

  /** A charge without points has said to the batch that a budget is used up; it is not kept. */
  private static JsonArray charges(List<BudgetCharge> some) {
    var charges = new JsonArray();
    for (BudgetCharge it : some) {
      if (it.movesPoints()) {
        charges.add(
            new JsonArray()
                .add(it.budgetId())
                .add(it.scope())
                .add(it.issued())
                .add(it.reversed())
                .add(it.lapsed()));
      }
    }
    return charges;
  }

  private static @Nullable JsonObject write(Fraction carry, List<CapUse> uses) {
    if (carry.isZero() && uses.isEmpty()) {
      return null;
    }
    var json = new JsonObject();
    if (!carry.isZero()) {
      json.put("carry", carry.text());
    }
    if (!uses.isEmpty()) {
      var array = new JsonArray();
      for (CapUse it : uses) {
        String firstDay = LocalDate.ofEpochDay(it.firstDay()).toString();
        array.add(
            new JsonArray().add(it.rule()).add(it.period().name()).add(firstDay).add(it.used()));
      }
      json.put("caps", array);
    }
    return json;
  }

  static EarningFacts facts(boolean hasBought, @Nullable JsonObject json) {
    return json == null
        ? new EarningFacts(hasBought, Fraction.ZERO, CapUses.NONE)
        : new EarningFacts(
            hasBought,
            carry(json),
            new CapUses(uses(json)),
            TierJson.facts(json.getJsonObject("tier")),
            recentOrders(json));
  }

  static @Nullable FactsChange change(@Nullable JsonObject json) {
    return json == null
        ? null
        : new FactsChange(
            json.getBoolean("bought", false),
            carry(json),
            uses(json),
            TierJson.change(json.getJsonObject("tier")),
            arrays(json, "budgets").map(FactsJson::charge).toList(),
            recent(json));
  }

  private static Fraction carry(JsonObject json) {
    return Fraction.parse(json.getString("carry", "0"));
  }

  private static List<CapUse> uses(JsonObject json) {
    return json.getJsonArray("caps", new JsonArray()).stream()
        .map(it -> use((JsonArray) it))
        .toList();
  }

  private static BudgetCharge charge(JsonArray json) {
    return new BudgetCharge(
        json.getString(0),
        json.getString(1),
        json.getLong(2),
        json.getLong(3),
        json.getLong(4),
        false);
  }

  private static CapUse use(JsonArray json) {
    return new CapUse(
        json.getString(0),
        Period.valueOf(json.getString(1)),
        LocalDate.parse(json.getString(2)).toEpochDay(),
        json.getLong(3));
  }

  private static Stream<JsonArray> arrays(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(JsonArray.class::cast);
  }
}
