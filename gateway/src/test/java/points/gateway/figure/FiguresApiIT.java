package points.gateway.figure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;
import points.ledger.figure.FigureRebuild;

/** {@code GET /v1/figures} and {@code GET /v1/liability}. */
@WithGateway
class FiguresApiIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalGateway gateway;
  private final Chain chain;

  FiguresApiIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
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

  @Test
  void come_in_pages_with_the_totals_of_all() {
    Chain own = Chain.open(gateway, "pages");
    var shops = List.of("A1", "B2", "C3");
    shops.forEach(own::store);
    Instant now = Instant.now();
    for (int i = 0;
        i < 3;
        i++) { // The hours and the terminals are the other way round than the shops.
      JsonObject order = own.order("m1", 200).put("storeId", shops.get(i));
      order.put("terminalId", "T" + (3 - i)).put("cashierId", "amy-" + shops.get(i));
      order.put("occurredAt", now.minus(i, ChronoUnit.HOURS).toString());
      own.admin().post("/v1/accruals", order).json(201);
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai"));
    String figures = "/v1/figures?from=" + today.minusDays(1) + "&to=" + today;
    own.admin().post("/v1/members", new JsonObject().put("memberId", "of-no-store")).json(201);
    Await.until(
        "the figures",
        () ->
            totals(own.admin().get(figures).json(200)).getLong("orders") == 3
                && totals(own.admin().get(figures).json(200)).getLong("newMembers") == 2);

    for (String by : List.of("store", "terminal", "cashier", "channel", "day", "hour")) {
      var items = new ArrayList<Object>();
      String cursor = "";
      do {
        JsonObject page = own.admin().get(figures + "&limit=1&by=" + by + cursor).json(200);
        assertThat(totals(page).getLong("orders")).isEqualTo(3);
        assertThat(page.getJsonArray("items").size()).isOne();
        page.getJsonArray("items").forEach(items::add);
        cursor = page.getBoolean("hasMore") ? "&cursor=" + page.getString("nextCursor") : null;
      } while (cursor != null);
      JsonObject whole = own.admin().get(figures + "&by=" + by).json(200);
      assertThat(whole.getBoolean("hasMore")).isFalse();
      assertThat(whole.getValue("nextCursor")).isNull();
      assertThat(new JsonArray(items)).as(by).isEqualTo(whole.getJsonArray("items"));
      if (Set.of("store", "terminal", "cashier").contains(by)) {
        assertThat(items).as(by).hasSize(4);
      } else if (by.equals("hour")) {
        assertThat(items).as(by).hasSizeGreaterThanOrEqualTo(3);
      }
    }
    String next = own.admin().get("/v1/figures?limit=1&by=store").json(200).getString("nextCursor");
    own.admin().get("/v1/figures?by=cashier&cursor=" + next).isProblem(400, "invalid_query");
    for (String none : List.of("store|a b", "terminal|A1", "hour|noon", "day|1 May", "channel|x")) {
      String by = none.substring(0, none.indexOf('|'));
      String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(none.getBytes(UTF_8));
      own.admin().get("/v1/figures?by=" + by + "&cursor=" + cursor).isProblem(400, "invalid_query");
    }
    own.admin().breaking().get("/v1/figures?limit=201").isProblem(400, "invalid_query");
  }

  @Test
  void a_page_and_its_totals_are_of_one_moment_while_tills_sell() throws Exception {
    Chain own = Chain.open(gateway, "moment");
    var over = new AtomicBoolean();
    CompletableFuture<Void> till =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                own.earn("m1", 100);
              }
            });
    try {
      long seen = 0;
      for (int i = 0; i < 500 || seen == 0; i++) {
        JsonObject page = own.admin().get("/v1/figures?by=store").json(200);
        JsonArray items = page.getJsonArray("items");
        seen = totals(page).getLong("orders");
        assertThat(items.isEmpty() ? 0 : items.getJsonObject(0).getLong("orders")).isEqualTo(seen);
      }
    } finally {
      over.set(true);
      till.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void figures_and_the_state_of_the_system_say_since_when_a_rebuild_goes_on() throws Exception {
    Chain own = Chain.open(gateway, "rebuilt");
    own.earn("m1", 500);
    Await.until("the figures", () -> totals(figures(own)).getLong("orders") == 1);
    assertThat(figures(own).containsKey("rebuildingSince")).isFalse();
    JsonObject right = totals(figures(own));
    Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var seen = new ArrayList<JsonObject>();

    try (Connection connection = gateway.database().connect()) {
      new FigureRebuild(connection)
          .run(
              (events, left) -> {
                if (seen.isEmpty()) {
                  seen.add(figures(own));
                  Await.until("the system to say so", () -> rebuildingInSystem() != null);
                  seen.add(new JsonObject().put("rebuildingSince", rebuildingInSystem()));
                }
              });
    }

    assertThat(seen)
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(Instant.parse(it.getString("rebuildingSince")))
                    .isBetween(begun, Instant.now()));
    assertThat(totals(seen.get(0))).as("those of before").isEqualTo(right);
    assertThat(figures(own).containsKey("rebuildingSince")).isFalse();
    assertThat(totals(figures(own))).isEqualTo(right);
    Await.until("the system to say that it is over", () -> rebuildingInSystem() == null);
  }

  private static JsonObject figures(Chain chain) {
    return chain.admin().get("/v1/figures").json(200);
  }

  private @Nullable String rebuildingInSystem() {
    return chain
        .admin()
        .get("/v1/system")
        .json(200)
        .getJsonObject("feed")
        .getJsonArray("consumers")
        .stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("name").equals("figures"))
        .findFirst()
        .orElseThrow()
        .getString("rebuildingSince");
  }

  /** No sum that the database can keep makes the report fail, or shows another sum. */
  @Test
  void sums_beyond_64_bits_are_shown_as_they_are() throws Exception {
    Chain own = Chain.open(gateway, "huge");
    String huge = "9".repeat(25);
    String programId = own.programId();
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
    String zeros = "0, ".repeat(8);
    try (Connection connection = gateway.database().connect();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "INSERT INTO figure_store_day VALUES ('%s', '%s', 'S1', '', 2, %s, 0, %s 0)"
              .formatted(programId, today, huge, zeros));
      sql.execute(
          "INSERT INTO figure_outstanding VALUES ('%s', 'points', 'AVAILABLE', 'infinity', %s)"
              .formatted(programId, huge));
      try {
        JsonObject totals = totals(raw(own, "/v1/figures?by=store"));
        assertThat(totals.getValue("turnover")).hasToString(huge);
        assertThat(totals.getValue("averageTicket")).hasToString("5" + "0".repeat(24));
        JsonObject owed = raw(own, "/v1/liability").getJsonArray("accounts").getJsonObject(0);
        assertThat(owed.getValue("outstanding")).hasToString(huge);
        assertThat(owed.getValue("value")).hasToString(huge);
      } finally {
        for (String table : List.of("figure_store_day", "figure_outstanding")) {
          sql.execute("DELETE FROM %s WHERE program_id = '%s'".formatted(table, programId));
        }
      }
    }
  }

  /** Without the contract, whose generators have no integers beyond 64 bits. */
  private static JsonObject raw(Chain chain, String path) throws Exception {
    HttpRequest request = chain.admin().request(path).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
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
