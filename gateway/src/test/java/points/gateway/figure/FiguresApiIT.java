package points.gateway.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** {@code GET /v1/figures} and {@code GET /v1/liability}. */
@WithGateway
class FiguresApiIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Chain chain;

  FiguresApiIT(Chain chain) {
    this.chain = chain;
  }

  @Test
  void a_day_shows_its_orders_and_its_members_by_store_channel_and_hour() {
    String other = chain.newId("shop");
    chain.store(other);
    String member = chain.memberWith(5);
    chain.earn(member, 700);
    JsonObject order =
        chain
            .order(member, 300)
            .put("storeId", other)
            .put("terminalId", "T7")
            .put("channel", "miniProgram")
            .put("cashierId", "amy");
    chain.admin().post("/v1/accruals", order).json(201);

    JsonObject stores = until("?by=store", it -> totals(it).getLong("orders") == 3);

    assertThat(totals(stores).getLong("turnover")).isEqualTo(1_500);
    assertThat(totals(stores).getLong("averageTicket")).isEqualTo(500);
    assertThat(totals(stores).getLong("membersServed")).isEqualTo(1);
    assertThat(totals(stores).getLong("newMembers")).isEqualTo(1);
    assertThat(totals(stores).getLong("pointsEarned")).isEqualTo(15);
    JsonObject shop = stores.getJsonArray("items").getJsonObject(1);
    assertThat(shop.getString("storeId")).isEqualTo(other);
    assertThat(shop.getLong("turnover")).isEqualTo(300);
    assertThat(item("?by=channel&storeId=" + other).getString("channel")).isEqualTo("miniProgram");
    assertThat(item("?by=cashier&storeId=" + other).getString("cashierId")).isEqualTo("amy");
    assertThat(item("?by=terminal&storeId=" + other).getString("terminalId")).isEqualTo("T7");
    assertThat(item("?by=hour&storeId=" + other).getString("hour")).endsWith(":00:00Z");
    assertThat(item("?by=day&storeId=" + other).getLong("orders")).isEqualTo(1);

    Caller bound = chain.key("store", other);
    assertThat(totals(bound.get("/v1/figures").json(200)).getLong("orders")).isEqualTo(1);
    bound.get("/v1/figures?storeId=" + Chain.STORE).isProblem(403, "store_out_of_scope");

    JsonObject liability = chain.admin().get("/v1/liability").json(200);
    JsonObject points = liability.getJsonArray("accounts").getJsonObject(0);
    assertThat(points.getLong("outstanding")).isEqualTo(15);
    assertThat(points.getLong("value")).as("100 points are worth 1.00").isEqualTo(15);
  }

  @Test
  void a_bad_query_is_refused() {
    Caller admin = chain.admin().breaking();
    admin.get("/v1/figures?by=week").isProblem(400, "invalid_query");
    admin.get("/v1/figures?from=yesterday").isProblem(400, "invalid_query");
    chain.admin().get("/v1/figures?from=2026-01-02&to=2026-01-01").isProblem(400, "invalid_query");
    chain
        .admin()
        .get("/v1/figures?by=hour&from=2026-01-01&to=2026-03-01")
        .isProblem(400, "invalid_query");
  }

  private JsonObject item(String query) {
    return chain
        .admin()
        .get("/v1/figures" + query)
        .json(200)
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private static JsonObject totals(JsonObject figures) {
    return figures.getJsonObject("totals");
  }

  /** Asks until the feed has brought what the test waits for. */
  private JsonObject until(String query, Predicate<JsonObject> isThere) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    JsonObject figures;
    do {
      figures = chain.admin().get("/v1/figures" + query).json(200);
    } while (!isThere.test(figures) && System.nanoTime() < until);
    return figures;
  }
}
