package points.load.fault.budget;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import points.load.fault.check.budget.BudgetRun.Limit;

/**
 * Budgets in a made-up rule book: one that all stores share, and one of each store. A quarter of
 * the promotions draws on each of them, and one promotion besides that counts for every order. A
 * third budget is for the orders of one rush.
 *
 * <p>Runs of one cluster share the book. Its budgets have room for all runs, and are filled with
 * orders before the first. Each run begins with the refund of one of these orders, so that each has
 * a budget that ends.
 */
final class BudgetedBook {
  static final String CAMPAIGN = "campaign";
  static final String OF_STORE = "store-campaign";

  /** The budget of the orders of a rush. */
  static final String RUSH = "rush";

  /** The store of a rush, whose orders get a point of its budget each. */
  static final String RUSH_STORE = "S3";

  static final long RUSH_LIMIT = 1_000;

  /** The product of an order that fills the shared budget. */
  static final String FILLS_CAMPAIGN = "FILL";

  /** The product of an order that fills the budget of its store. */
  static final String FILLS_STORE = "FILL-STORE";

  private static final long ROOM = 2_500;
  private static final long ROOM_OF_STORE = 900;

  private BudgetedBook() {}

  /** Adds the budgets, with room for so many runs. */
  static void addTo(JsonObject document, int runs) {
    JsonArray promotions = document.getJsonArray("promotions");
    for (int i = 0; i < promotions.size(); i += 2) {
      promotions.getJsonObject(i).put("budget", i % 4 == 0 ? CAMPAIGN : OF_STORE);
    }
    promotions
        .add(fixed("campaign-gift", 9, CAMPAIGN))
        .add(fixed("store-gift", 5, OF_STORE))
        .add(fixed("campaign-fill", ROOM, CAMPAIGN).put("for", product(FILLS_CAMPAIGN)))
        .add(fixed("store-fill", ROOM_OF_STORE, OF_STORE).put("for", product(FILLS_STORE)))
        .add(
            fixed("rush", 1, RUSH)
                .put("when", new JsonObject().put("stores", list("storeIds", RUSH_STORE))));
    document.put(
        "budgets",
        new JsonArray()
            .add(budget(CAMPAIGN, ROOM * runs))
            .add(budget(OF_STORE, ROOM_OF_STORE * runs).put("per", "store"))
            .add(budget(RUSH, RUSH_LIMIT)));
  }

  private static JsonObject fixed(String id, long points, String budget) {
    return new JsonObject().put("id", id).put("fixed", points).put("budget", budget);
  }

  private static JsonObject product(String id) {
    return list("products", id);
  }

  private static JsonObject list(String field, String value) {
    return new JsonObject().put(field, new JsonArray().add(value));
  }

  private static JsonObject budget(String id, long limit) {
    return new JsonObject().put("id", id).put("limit", limit);
  }

  /** Returns the limits of the budgets that each run ends. */
  static List<Limit> limits(int runs, List<String> stores, boolean drained) {
    List<Limit> limits = new ArrayList<>();
    limits.add(new Limit(CAMPAIGN, "", ROOM * runs, drained));
    stores.forEach(it -> limits.add(new Limit(OF_STORE, it, ROOM_OF_STORE * runs, drained)));
    return limits;
  }
}
