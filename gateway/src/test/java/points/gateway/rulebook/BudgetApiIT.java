package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** {@code /v1/budgets}, and what orders show of them. */
@WithGateway
class BudgetApiIT {

  private static final AtomicInteger CHAINS = new AtomicInteger();

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  BudgetApiIT(LocalGateway gateway) {
    this.gateway = gateway;
    this.chain = Chain.open(gateway, "budgets" + CHAINS.incrementAndGet());
    this.admin = chain.admin();
  }

  @AfterEach
  void resetClock() {
    gateway.clock().reset();
  }

  /** A point for 100, and 70 for each order while the budget lasts. */
  private void publish(JsonObject budget) {
    var promotion =
        new JsonObject().put("id", "bonus").put("fixed", 70).put("budget", budget.getString("id"));
    JsonObject book =
        new JsonObject()
            .put("ruleBookId", "b1")
            .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
            .put("promotions", new JsonArray().add(promotion))
            .put("budgets", new JsonArray().add(budget));
    admin.post("/v1/rule-books", book).json(201);
    JsonObject published = admin.post("/v1/rule-books/b1/publish", new JsonObject()).json(201);
    gateway.clock().moveTo(Instant.parse(published.getString("inForceFrom")));
    Await.until("the book to be in force", () -> !items("/v1/budgets").isEmpty());
  }

  private JsonArray items(String path) {
    return admin.get(path).json(200).getJsonArray("items");
  }

  /** An order of now, by the clock of the gateway. */
  private JsonObject order(String member) {
    return chain.order(member, 1_000).put("occurredAt", gateway.clock().now().toString());
  }

  private JsonObject sell(String member) {
    return admin.post("/v1/accruals", order(member)).json(201);
  }

  private JsonObject budget() {
    return admin.get("/v1/budgets/campaign").json(200);
  }

  @Test
  void a_budget_shows_what_it_issued_what_is_left_and_what_that_may_cost() {
    publish(
        new JsonObject()
            .put("id", "campaign")
            .put("marketingCost", 200)
            .put("pointsPerUnit", new JsonObject().put("points", 100).put("amount", 100))
            .put("redemptionRate", "0.5")
            .put("warnAt", new JsonArray().add("0.7").add("0.9")));
    String member = chain.memberWith(0);
    assertThat(budget().getLong("left")).isEqualTo(100);
    JsonObject preview = admin.post("/v1/accruals/preview", order(member)).json(200);
    assertThat(preview.getLong("points")).isEqualTo(80);

    JsonObject first = sell(member);
    JsonObject second = sell(member);
    JsonObject third = sell(member);

    assertThat(first.getLong("points")).isEqualTo(80);
    assertThat(second.getLong("points")).isEqualTo(10 + 30);
    assertThat(second.getJsonObject("why").encode()).contains("\"reason\":\"budget\"");
    assertThat(third.getLong("points")).isEqualTo(10);
    JsonObject after = admin.post("/v1/accruals/preview", order(member)).json(200);
    assertThat(after.getLong("points")).isEqualTo(10);
    JsonObject spent = budget();
    assertThat(spent.getLong("issued")).isEqualTo(100);
    assertThat(spent.getLong("left")).isZero();
    assertThat(spent.getString("state")).isEqualTo("usedUp");
    assertThat(spent.getJsonArray("warnings").encode())
        .isEqualTo("[{\"at\":\"0.7\",\"reached\":true},{\"at\":\"0.9\",\"reached\":true}]");
    assertThat(spent.getJsonObject("cost"))
        .isEqualTo(
            new JsonObject()
                .put("marketingCost", 200)
                .put("basis", "cautious")
                .put("limitCautious", 100)
                .put("limitExpected", 400)
                .put("atMost", 100)
                .put("expected", 50));

    JsonObject refund =
        new JsonObject()
            .put("memberId", member)
            .put("storeId", first.getString("storeId"))
            .put("orderId", first.getString("orderId"))
            .put("refundId", "r1");
    admin.post("/v1/refunds", refund).json(201);
    assertThat(budget().getLong("reversed")).isEqualTo(70);
    assertThat(budget().getString("state")).isEqualTo("running");
    assertThat(budget().getJsonArray("warnings").encode())
        .isEqualTo("[{\"at\":\"0.7\",\"reached\":false},{\"at\":\"0.9\",\"reached\":false}]");
    assertThat(sell(member).getLong("points")).isEqualTo(80);
  }

  @Test
  void the_days_of_a_budget_lead_to_its_end_and_its_cost() {
    publish(
        new JsonObject()
            .put("id", "campaign")
            .put("limit", "formula")
            .put("marketingCost", 2_000)
            .put("pointsPerUnit", new JsonObject().put("points", 100).put("amount", 100))
            .put("redemptionRate", "0.5"));
    String member = chain.memberWith(0);
    sell(member);
    sell(member);
    JsonObject deduction = chain.order(member, 40);
    deduction.remove("amount");
    deduction.remove("occurredAt");
    admin.post("/v1/deductions", deduction.put("points", 40).put("reason", "a gift")).json(201);
    Await.until("the figures", () -> issued(days("")) == 140);
    JsonObject first = days("");
    assertThat(first.getString("by")).isEqualTo("day");
    assertThat(first.containsKey("forecast")).as("on its first day").isFalse();
    assertThat(first.getJsonObject("redeemed"))
        .as("40 of 160 points were spent, so 35 of 140")
        .isEqualTo(
            new JsonObject()
                .put("basis", "shareOfProgram")
                .put("days", 365)
                .put("share", "0.25")
                .put("points", 35)
                .put("cost", 35));

    gateway.clock().moveTo(gateway.clock().now().plus(Duration.ofDays(2)));
    JsonObject later = days("");
    assertThat(later.getJsonObject("forecast"))
        .as("860 left at 140 in 2 days end after 12 days and some hours")
        .isEqualTo(
            new JsonObject()
                .put("basis", "meanOfDays")
                .put("days", 2)
                .put("points", 140)
                .put("endsOn", later.getJsonObject("forecast").getString("endsOn"))
                .put("usedAtEnd", 1_000)
                .put("costAtEnd", 500));
    LocalDate today = LocalDate.ofInstant(gateway.clock().now(), ZoneId.of("Asia/Shanghai"));
    assertThat(LocalDate.parse(later.getJsonObject("forecast").getString("endsOn")))
        .isBetween(today.plusDays(12), today.plusDays(13));

    JsonObject hours = days("?by=hour");
    assertThat(hours.getJsonArray("items").getJsonObject(0).containsKey("hour")).isTrue();
    assertThat(issued(hours)).isEqualTo(140);
    JsonObject after = days("?from=" + today);
    assertThat(after.getJsonArray("items")).isEmpty();
    assertThat(after.getLong("usedBefore")).isEqualTo(140);
    for (String wrong :
        List.of(
            "?by=week",
            "?from=2026",
            "?from=2020-01-01&to=2021-02-01",
            "?to=2020-01-01&from=2020-01-02")) {
      assertThat(admin.get("/v1/budgets/campaign/days" + wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(admin.get("/v1/budgets/none/days").status()).isEqualTo(404);
  }

  @Test
  void a_share_that_is_issued_is_an_event() {
    publish(
        new JsonObject()
            .put("id", "campaign")
            .put("limit", 100)
            .put("warnAt", new JsonArray().add("0.7")));
    String member = chain.memberWith(0);
    sell(member);
    sell(member);
    String path = "/v1/events?types=budget.warned,budget.ended&limit=10";
    Await.until("the feed", () -> items(path).size() == 2);

    JsonObject warned = items(path).getJsonObject(0);
    JsonObject ended = items(path).getJsonObject(1);

    assertThat(warned.getString("type")).isEqualTo("budget.warned");
    assertThat(warned.getString("subject")).isEqualTo("campaign");
    assertThat(warned.getJsonObject("data"))
        .isEqualTo(
            new JsonObject()
                .put("budgetId", "campaign")
                .put("at", "0.7")
                .put("limit", 100)
                .put("used", 70));
    assertThat(ended.getJsonObject("data"))
        .isEqualTo(new JsonObject().put("budgetId", "campaign").put("limit", 100).put("used", 100));
  }

  private JsonObject days(String query) {
    return admin.get("/v1/budgets/campaign/days" + query).json(200);
  }

  private static long issued(JsonObject days) {
    return days.getJsonArray("items").stream()
        .mapToLong(it -> ((JsonObject) it).getLong("issued"))
        .sum();
  }

  @Test
  void a_budget_of_each_store_is_shown_by_store() {
    publish(new JsonObject().put("id", "campaign").put("limit", 100).put("per", "store"));
    String member = chain.memberWith(0);

    JsonObject sold = sell(member);
    sell(member);

    JsonObject stores = admin.get("/v1/budgets/campaign/stores").json(200);
    assertThat(stores.getJsonArray("items")).hasSize(1);
    assertThat(stores.getJsonArray("items").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("storeId", sold.getString("storeId"))
                .put("limit", 100)
                .put("issued", 100)
                .put("reversed", 0)
                .put("lapsed", 0)
                .put("outstanding", 100)
                .put("left", 0)
                .put("warnings", new JsonArray()));
    assertThat(budget().getLong("stores")).isEqualTo(1);
    assertThat(budget().getString("per")).isEqualTo("store");
    assertThat(admin.get("/v1/budgets/none").status()).isEqualTo(404);
    assertThat(admin.get("/v1/budgets/none/stores").status()).isEqualTo(404);
  }
}
