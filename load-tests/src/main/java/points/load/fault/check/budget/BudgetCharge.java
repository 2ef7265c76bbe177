package points.load.fault.check.budget;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import points.load.model.Entry;

/**
 * Points that an entry drew from a budget, or gave back.
 *
 * @param scope the store whose budget it is; empty for one that all share
 * @param lapsed given back after the end of the campaign
 */
public record BudgetCharge(String budgetId, String scope, long issued, long reversed, long lapsed) {

  /** Reads the charges of an entry as the ledger keeps them. */
  public static List<BudgetCharge> of(Entry entry) {
    JsonObject facts = entry.extra().detail().getJsonObject(Entry.FACTS, new JsonObject());
    return arrays(facts, "budgets")
        .map(
            it ->
                new BudgetCharge(
                    it.getString(0), it.getString(1), it.getLong(2), it.getLong(3), it.getLong(4)))
        .toList();
  }

  /** Returns the rules of an order from which a budget took something. */
  public static Set<String> cutRules(Entry entry) {
    JsonObject awarded = entry.extra().detail().getJsonObject(Entry.AWARDED, new JsonObject());
    Set<String> cut = new HashSet<>();
    arrays(awarded, "cuts")
        .filter(it -> it.getString(1).equals("BUDGET"))
        .forEach(
            it ->
                arrays(awarded, "rules")
                    .filter(rule -> rule.getInteger(0).equals(it.getInteger(0)))
                    .forEach(rule -> cut.add(rule.getString(1))));
    return cut;
  }

  private static Stream<JsonArray> arrays(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream().map(JsonArray.class::cast);
  }
}
