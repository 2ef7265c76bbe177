package points.ledger.store.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.Awarded.NamedRule;
import points.ledger.award.Awarded.PaidRule;
import points.ledger.award.CapUse;
import points.ledger.award.CapUses;
import points.ledger.award.Cut;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.award.Reason;
import points.ledger.book.Caps.Period;
import points.ledger.book.CapsReturn;
import points.ledger.budget.BudgetCharge;
import points.ledger.rules.Fraction;

/**
 * The part of rule books in entries and states, as JSON. Awards are arrays of small numbers, since
 * most orders have several.
 */
final class FactsJson {

  private FactsJson() {}

  /** Returns the facts that are not a column of their own; null when there are none. */
  static @Nullable JsonObject write(EarningFacts facts) {
    JsonObject json = write(facts.carry(), facts.capUses().all());
    JsonObject tier = TierJson.write(facts.tier());
    return tier == null ? json : (json == null ? new JsonObject() : json).put("tier", tier);
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
    return charges.isEmpty()
        ? json
        : (json == null ? new JsonObject() : json).put("budgets", charges);
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
            TierJson.facts(json.getJsonObject("tier")));
  }

  static @Nullable FactsChange change(@Nullable JsonObject json) {
    return json == null
        ? null
        : new FactsChange(
            json.getBoolean("bought", false),
            carry(json),
            uses(json),
            TierJson.change(json.getJsonObject("tier")),
            arrays(json, "budgets").map(FactsJson::charge).toList());
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

  static JsonObject write(Awarded awarded) {
    var awards = new JsonArray();
    for (Award it : awarded.awards()) {
      awards.add(new JsonArray().add(it.rule()).add(it.line()).add(it.points()));
    }
    var json =
        new JsonObject()
            .put("publication", awarded.publication())
            .put("ruleBookId", awarded.ruleBookId())
            .put("timeZone", awarded.timeZone())
            .put("awards", awards);
    if (!awarded.cuts().isEmpty()) {
      var cuts = new JsonArray();
      for (Cut it : awarded.cuts()) {
        cuts.add(new JsonArray().add(it.rule()).add(it.reason().name()).add(it.points()));
      }
      json.put("cuts", cuts);
    }
    var rules = new JsonArray();
    awarded.rules().forEach(it -> rules.add(new JsonArray().add(it.number()).add(it.id())));
    json.put("rules", rules);
    if (!awarded.paid().isEmpty()) {
      var paid = new JsonArray();
      for (PaidRule it : awarded.paid()) {
        paid.add(new JsonArray().add(it.number()).add(it.budgetId()).add(it.scope()));
      }
      json.put("paid", paid);
    }
    if (!awarded.capped().isEmpty()) {
      var capped = new JsonArray();
      for (CappedRule it : awarded.capped()) {
        capped.add(new JsonArray().add(it.number()).add(it.id()).add(it.byOrders()));
      }
      json.put("capped", capped).put("capsReturn", awarded.capsReturn().name());
    }
    return json;
  }

  static @Nullable Awarded awarded(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    return new Awarded(
        json.getInteger("publication"),
        json.getString("ruleBookId"),
        json.getString("timeZone"),
        arrays(json, "awards")
            .map(it -> new Award(it.getInteger(0), it.getInteger(1), it.getLong(2)))
            .toList(),
        arrays(json, "cuts")
            .map(it -> new Cut(it.getInteger(0), Reason.valueOf(it.getString(1)), it.getLong(2)))
            .toList(),
        arrays(json, "rules").map(it -> new NamedRule(it.getInteger(0), it.getString(1))).toList(),
        arrays(json, "capped")
            .map(it -> new CappedRule(it.getInteger(0), it.getString(1), it.getBoolean(2)))
            .toList(),
        CapsReturn.valueOf(json.getString("capsReturn", CapsReturn.SAME_PERIOD.name())),
        arrays(json, "paid")
            .map(it -> new PaidRule(it.getInteger(0), it.getString(1), it.getString(2)))
            .toList());
  }

  private static Stream<JsonArray> arrays(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(JsonArray.class::cast);
  }
}
