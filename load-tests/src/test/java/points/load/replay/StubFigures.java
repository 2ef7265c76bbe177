package points.load.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of the stub: the orders that were written, added up by store. */
final class StubFigures {
  /** Later than any test runs: everything is in the figures. */
  private static final String AS_OF = "2999-01-01T00:00:00Z";

  private final NavigableMap<String, JsonObject> byStore = new TreeMap<>();
  private final Set<String> served = new HashSet<>();

  /** Adds an order, with the points that it earned. Days are those of the till's clock. */
  void add(JsonObject order, long points) {
    String store = order.getString("storeId");
    String day = order.getString("occurredAt").substring(0, 10);
    JsonObject sums = byStore.computeIfAbsent(store, StubFigures::none);
    plus(sums, "orders", 1);
    plus(sums, "turnover", order.getLong("amount"));
    plus(sums, "pointsEarned", points);
    plus(sums, "membersServed", served.add(store + order.getString("memberId") + day) ? 1 : 0);
  }

  /**
   * Returns a page with one store.
   *
   * @param after the store before it; null for the first page
   */
  JsonObject page(@Nullable String after) {
    NavigableMap<String, JsonObject> rest = after == null ? byStore : byStore.tailMap(after, false);
    JsonArray items = new JsonArray();
    rest.values().stream().limit(1).forEach(it -> items.add(it.copy()));
    boolean hasMore = rest.size() > 1;
    return new JsonObject()
        .put("asOf", AS_OF)
        .put("items", items)
        .put("hasMore", hasMore)
        .put("nextCursor", hasMore ? rest.firstKey() : null);
  }

  private static JsonObject none(String store) {
    return new JsonObject()
        .put("storeId", store)
        .put("orders", 0)
        .put("turnover", 0)
        .put("pointsEarned", 0)
        .put("membersServed", 0);
  }

  private static void plus(JsonObject sums, String name, long more) {
    sums.put(name, sums.getLong(name) + more);
  }
}
