package points.load.fault.budget;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import points.load.fault.check.budget.BudgetRun.Limit;
import points.load.fault.check.budget.BudgetRun.Row;
import points.load.fault.client.NodeAddress;
import points.load.fault.client.Sender;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** Fills, opens and drains budgets by orders and refunds of members that no run has. */
final class BudgetDesk {
  private static final int TRIES_MAX = 60;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration LOOK_MAX = Duration.ofSeconds(2);
  private static final int ORDERS_MAX = 20;

  private final Sender sender;
  private final List<NodeAddress> nodes;
  private final List<String> stores;
  private int orders;

  BudgetDesk(Sender sender, List<NodeAddress> nodes, List<String> stores) {
    this.sender = sender;
    this.nodes = nodes;
    this.stores = stores;
  }

  /** An order that has drawn on budgets. */
  record Filler(String memberId, String storeId, String orderId) {}

  /** Sells an order of each product that fills a budget, and returns them. */
  List<Filler> fill() {
    List<Filler> sold = new ArrayList<>();
    sold.add(sell(stores.get(0), BudgetedBook.FILLS_CAMPAIGN));
    stores.forEach(it -> sold.add(sell(it, BudgetedBook.FILLS_STORE)));
    return sold;
  }

  /** Takes an order back, so that there is room in its budgets. */
  void takeBack(Filler order) {
    JsonObject refund =
        new JsonObject()
            .put("memberId", order.memberId())
            .put("storeId", order.storeId())
            .put("orderId", order.orderId())
            .put("refundId", order.orderId() + "-r");
    write("/v1/refunds", order.orderId() + "-r", refund);
  }

  /** Sells until nothing is left in any budget of these limits. */
  void drain(List<Limit> limits) {
    for (Limit limit : limits) {
      boolean isShared = limit.scope().isEmpty();
      for (int sold = 0; used(limit) < limit.points(); sold++) {
        if (sold == ORDERS_MAX) {
          throw new HarnessException("orders do not use up " + limit);
        }
        sell(
            isShared ? stores.get(0) : limit.scope(),
            isShared ? BudgetedBook.FILLS_CAMPAIGN : BudgetedBook.FILLS_STORE);
      }
    }
  }

  private long used(Limit limit) {
    return rows(limit.budgetId(), tried(node -> shown(node, limit.budgetId()))).stream()
        .filter(it -> it.scope().equals(limit.scope()))
        .mapToLong(Row::used)
        .sum();
  }

  /** Returns a budget's rows as some node shows them. */
  List<Row> rows(String budgetId) {
    return rows(budgetId, tried(node -> shown(node, budgetId)));
  }

  /** Returns a budget's rows as a node shows them, or throws when it does not. */
  List<Row> look(NodeAddress node, String budgetId) {
    return rows(budgetId, shown(node, budgetId));
  }

  private JsonObject shown(NodeAddress node, String budgetId) {
    boolean byStore = budgetId.equals(BudgetedBook.OF_STORE);
    String path = "/v1/budgets/" + budgetId + (byStore ? "/stores" : "");
    return sender.show(node, path, LOOK_MAX);
  }

  private static List<Row> rows(String budgetId, JsonObject shown) {
    JsonArray items = shown.getJsonArray("items", new JsonArray().add(shown));
    return items.stream()
        .map(JsonObject.class::cast)
        .map(
            it ->
                new Row(
                    budgetId,
                    it.getString("storeId", ""),
                    it.getLong("issued"),
                    it.getLong("reversed"),
                    it.getLong("lapsed"),
                    null))
        .toList();
  }

  private Filler sell(String storeId, String productId) {
    String id = "filler-" + ++orders;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    JsonObject line =
        new JsonObject()
            .put("lineId", "1")
            .put("productId", productId)
            .put("quantity", 1)
            .put("amount", 100);
    JsonObject order =
        new JsonObject()
            .put("memberId", id)
            .put("storeId", storeId)
            .put("orderId", id)
            .put("occurredAt", now.toString())
            .put("amount", 100)
            .put("lines", new JsonArray().add(line));
    write("/v1/accruals", id, order);
    return new Filler(id, storeId, id);
  }

  private void write(String path, String key, JsonObject body) {
    tried(node -> sender.make(node, path, key, body));
  }

  /** Asks one node after the other until one answers. */
  private <T> T tried(Function<NodeAddress, T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.apply(nodes.get(tries % nodes.size()));
      } catch (HarnessException e) {
        if (tries == TRIES_MAX) {
          throw e;
        }
        Shell.pause(BETWEEN_TRIES);
      }
    }
  }
}
