package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Limits against abuse, from the rule book to the list of orders that wait for a review. */
@WithGateway
class HeldOrdersIT {

  private static final AtomicInteger CHAINS = new AtomicInteger();
  private static final JsonObject DECISION =
      new JsonObject().put("operator", "li.na").put("reason", "asked the shop");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  HeldOrdersIT(LocalGateway gateway) {
    this.gateway = gateway;
    this.chain = Chain.open(gateway, "held" + CHAINS.incrementAndGet());
    this.admin = chain.admin();
  }

  @AfterEach
  void resetClock() {
    gateway.clock().reset();
  }

  private void publish(String... limits) {
    var abuse = new JsonArray();
    List.of(limits).forEach(it -> abuse.add(new JsonObject(it)));
    JsonObject book =
        new JsonObject()
            .put("ruleBookId", "b1")
            .put("base", new JsonObject().put("points", 1).put("perAmount", 100))
            .put("abuse", abuse);
    admin.post("/v1/rule-books", book).json(201);
    JsonObject published = admin.post("/v1/rule-books/b1/publish", new JsonObject()).json(201);
    gateway.clock().moveTo(Instant.parse(published.getString("inForceFrom")));
    Await.until(
        "the book to be in force",
        () -> admin.get("/v1/program").json(200).containsKey("ruleBookInForce"));
  }

  /** An order of now, by the clock of the gateway. */
  private JsonObject order(String member) {
    return chain.order(member, 1_000).put("occurredAt", gateway.clock().now().toString());
  }

  private JsonObject sell(String member) {
    return admin.post("/v1/accruals", order(member)).json(201);
  }

  private List<JsonObject> held(String status) {
    return admin.get("/v1/held-orders?status=" + status).items();
  }

  private JsonObject held(JsonObject sold) {
    Await.until("the order to be listed", () -> !held("open").isEmpty());
    JsonObject order = held("open").get(0);
    assertThat(order.getString("transactionId")).isEqualTo(sold.getString("transactionId"));
    return order;
  }

  private static String path(JsonObject order) {
    return "/v1/held-orders/" + order.getString("heldOrderId");
  }

  private long balance(String member) {
    return admin.get("/v1/members/" + member + "/balance").json(200).getLong("available");
  }

  @Test
  void an_order_beyond_a_soft_limit_waits_until_it_is_accepted() {
    publish(
        """
        {"id": "fast", "count": "orders", "per": "member", "within": "PT1H", "limit": 1, "then": "review"}
        """);
    String member = chain.memberWith(0);
    sell(member);
    JsonObject preview = admin.post("/v1/accruals/preview", order(member)).json(200);
    assertThat(preview.getJsonObject("why").getJsonArray("heldBy")).containsExactly("fast");
    JsonObject sold = sell(member);

    assertThat(sold.getJsonObject("pending"))
        .isEqualTo(new JsonObject().put("points", 10).putNull("effectiveAt"));
    assertThat(sold.getJsonObject("why").getJsonArray("heldBy")).containsExactly("fast");
    JsonObject order = held(sold);
    assertThat(order.getJsonArray("limits")).containsExactly("fast");
    assertThat(order.getLong("points")).isEqualTo(10);
    assertThat(order.getString("orderId")).isEqualTo(sold.getString("orderId"));
    assertThat(admin.get(path(order)).json(200)).isEqualTo(order);

    String pending = "/v1/pending/" + sold.getString("transactionId");
    admin.post(pending + "/activate", new JsonObject()).isProblem(409, "under_review");
    assertThat(balance(member)).isEqualTo(10);

    Answer accepted = admin.post(path(order) + "/accept", DECISION);
    assertThat(accepted.json(200).getLong("balance")).isEqualTo(20);
    admin.post(path(order) + "/reject", DECISION).isProblem(409, "pending_already_ended");
    Await.until("the list to say so", () -> held("open").isEmpty());
    assertThat(admin.get(path(order)).json(200).getString("status")).isEqualTo("accepted");
    Await.until(
        "the audit trail to have it",
        () ->
            admin.get("/v1/audit-trail").items().stream()
                .anyMatch(it -> it.getString("action").equals("order.accept")));
  }

  @Test
  void a_rejected_order_earns_nothing_and_a_refunded_one_needs_no_decision() {
    publish(
        """
        {"id": "large", "count": "amount", "per": "receipt", "limit": 999, "then": "review"}
        """);
    String member = chain.memberWith(0);
    JsonObject sold = sell(member);
    admin.post(path(held(sold)) + "/reject", DECISION).json(200);
    Await.until("the first to be rejected", () -> held("rejected").size() == 1);
    assertThat(balance(member)).isZero();

    JsonObject other = sell(member);
    JsonObject order = held(other);
    JsonObject refund =
        new JsonObject()
            .put("memberId", member)
            .put("storeId", other.getString("storeId"))
            .put("orderId", other.getString("orderId"))
            .put("refundId", "r1");
    admin.post("/v1/refunds", refund).json(201);
    Await.until("the second to be undone", () -> held("undone").size() == 1);
    admin.post(path(order) + "/accept", DECISION).isProblem(409, "pending_already_ended");
  }

  @Test
  void a_person_at_a_till_who_has_reached_a_hard_limit_is_refused_soon_and_others_are_not() {
    publish(
        """
        {"id": "till", "count": "points", "per": "cashier", "within": "PT1H", "limit": 30, "then": "refuse"}
        """);
    String member = chain.memberWith(0);
    for (int i = 0; i < 3; i++) {
      admin.post("/v1/accruals", order(member).put("cashierId", "c1")).json(201);
    }
    Await.until(
        "the limit to be reached",
        () ->
            admin.post("/v1/accruals/preview", order(member).put("cashierId", "c1")).status()
                == 409);
    Answer refused = admin.post("/v1/accruals", order(member).put("cashierId", "c1"));
    assertThat(refused.isProblem(409, "limit_reached").getString("limitId")).isEqualTo("till");
    admin.post("/v1/accruals", order(member).put("cashierId", "c2")).json(201);
    admin.post("/v1/accruals", order(member)).json(201);
  }

  @Test
  void a_decision_names_who_decides_and_why_and_an_order_of_the_program() {
    admin.post("/v1/held-orders/17/accept", new JsonObject()).isInvalid("/operator", "/reason");
    admin.post("/v1/held-orders/999999999/accept", DECISION).isProblem(404, "not_found");
    admin.get("/v1/held-orders/abc").isProblem(404, "not_found");
    assertThat(admin.get("/v1/held-orders").items()).isEmpty();
  }
}
