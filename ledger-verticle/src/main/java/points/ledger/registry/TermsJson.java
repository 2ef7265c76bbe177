package points.ledger.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.ledger.program.PointCurrency;
import points.ledger.program.Terms;
import points.ledger.program.Terms.Bonus;
import points.ledger.program.Terms.ExchangeRate;
import points.ledger.program.Terms.PointValue;
import points.ledger.program.Terms.RefundRule;
import points.ledger.program.Terms.StoredValueRule;
import points.ledger.program.Terms.Uncovered;
import points.ledger.rules.EarningRule;

/**
 * A program's terms as JSON: in the database, and to callers, who write the same fields. A term
 * that is null is written as null.
 */
public final class TermsJson {

  private TermsJson() {}

  public static JsonObject write(Terms terms) {
    return new JsonObject()
        .put("currencies", array(List.copyOf(terms.currencies().values()), TermsJson::currency))
        .put("growth", growth(terms.growth()))
        .put(
            "storedValue",
            new JsonObject()
                .put("earning", orNull(terms.storedValue().earning()))
                .put(
                    "bonuses",
                    array(
                        terms.storedValue().bonuses(),
                        it -> new JsonObject().put("from", it.from()).put("bonus", it.bonus()))))
        .put("refunds", refunds(terms.refunds()))
        .put("exchanges", array(terms.exchanges(), TermsJson::rate))
        .put(
            "closing",
            new JsonObject().put("points", terms.paysOutAtClosing() ? "payOut" : "forfeit"))
        .put("lateWindow", terms.lateWindow().toString())
        .put(
            "offline",
            new JsonObject()
                .put("uncovered", terms.uncovered() == Uncovered.CLAIM ? "claim" : "debt"));
  }

  /** Takes over what {@link #write} made; null stands for a program that has set none. */
  public static Terms read(@Nullable JsonObject json) {
    if (json == null) {
      return Terms.PLAIN;
    }
    JsonObject growth = json.getJsonObject("growth");
    JsonObject storedValue = json.getJsonObject("storedValue");
    return new Terms(
        currencies(json.getJsonArray("currencies")),
        growth == null ? null : RulesJson.earning(growth.getJsonObject("earning")),
        new StoredValueRule(
            earning(storedValue),
            list(
                storedValue.getJsonArray("bonuses"),
                it -> new Bonus(it.getLong("from"), it.getLong("bonus")))),
        refunds(json.getJsonObject("refunds")),
        list(
            json.getJsonArray("exchanges"),
            it ->
                new ExchangeRate(
                    it.getString("from"),
                    it.getString("to"),
                    it.getLong("give"),
                    it.getLong("get"))),
        json.getJsonObject("closing").getString("points").equals("payOut"),
        Duration.parse(json.getString("lateWindow")),
        uncovered(json.getJsonObject("offline")));
  }

  /** Programs that were written before have none. */
  private static Uncovered uncovered(@Nullable JsonObject offline) {
    return offline != null && offline.getString("uncovered").equals("claim")
        ? Uncovered.CLAIM
        : Uncovered.DEBT;
  }

  private static JsonObject currency(PointCurrency currency) {
    return new JsonObject()
        .put("code", currency.code())
        .put("name", currency.name())
        .put("earning", orNull(currency.earning()))
        .put("validity", RulesJson.write(currency.validity()));
  }

  private static SortedMap<String, PointCurrency> currencies(JsonArray array) {
    var byCode = new TreeMap<String, PointCurrency>();
    list(
            array,
            it ->
                new PointCurrency(
                    it.getString("code"),
                    it.getString("name"),
                    earning(it),
                    RulesJson.validity(it.getJsonObject("validity"))))
        .forEach(it -> byCode.put(it.code(), it));
    return Collections.unmodifiableSortedMap(byCode);
  }

  private static @Nullable JsonObject growth(@Nullable EarningRule growth) {
    return growth == null ? null : new JsonObject().put("earning", RulesJson.write(growth));
  }

  private static JsonObject refunds(RefundRule rule) {
    Period grace = rule.returnGrace();
    return new JsonObject()
        .put("shortfall", rule.charges() ? "charge" : "debt")
        .put("returnGrace", grace == null ? null : grace.toString())
        .put(
            "pointValue",
            new JsonObject()
                .put("points", rule.pointValue().points())
                .put("amount", rule.pointValue().amount()))
        .put("stores", rule.anyStore() ? "any" : "selling");
  }

  private static RefundRule refunds(JsonObject json) {
    String grace = json.getString("returnGrace");
    JsonObject value = json.getJsonObject("pointValue");
    return new RefundRule(
        json.getString("shortfall").equals("charge"),
        grace == null ? null : Period.parse(grace),
        new PointValue(value.getLong("points"), value.getLong("amount")),
        json.getString("stores", "selling").equals("any"));
  }

  private static JsonObject rate(ExchangeRate rate) {
    return new JsonObject()
        .put("from", rate.from())
        .put("to", rate.to())
        .put("give", rate.give())
        .put("get", rate.get());
  }

  private static @Nullable JsonObject orNull(@Nullable EarningRule earning) {
    return earning == null ? null : RulesJson.write(earning);
  }

  private static @Nullable EarningRule earning(JsonObject json) {
    JsonObject earning = json.getJsonObject("earning");
    return earning == null ? null : RulesJson.earning(earning);
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
    var array = new JsonArray();
    items.stream().map(json).forEach(array::add);
    return array;
  }

  private static <T> List<T> list(JsonArray array, Function<JsonObject, T> item) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).map(item).toList();
  }
}
