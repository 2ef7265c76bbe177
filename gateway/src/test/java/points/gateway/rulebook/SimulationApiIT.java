package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Simulations of rule books over HTTP. */
@WithGateway
class SimulationApiIT {

  private static final AtomicInteger CHAINS = new AtomicInteger();
  private static final String ALL = "/v1/rule-books/b1/simulations";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  SimulationApiIT(LocalGateway gateway) {
    this.gateway = gateway;
    this.chain = Chain.open(gateway, "simulations" + CHAINS.incrementAndGet());
    this.admin = chain.admin();
  }

  @AfterEach
  void resetClock() {
    gateway.clock().reset();
  }

  private void draft(String ruleBookId, int points) {
    JsonObject book =
        new JsonObject()
            .put("ruleBookId", ruleBookId)
            .put("base", new JsonObject().put("points", points).put("perAmount", 100));
    admin.post("/v1/rule-books", book).json(201);
  }

  /** Publishes a book, sells two orders, takes half of one back, and waits two minutes. */
  private Instant sold() {
    draft("b1", 1);
    JsonObject published = admin.post("/v1/rule-books/b1/publish", new JsonObject()).json(201);
    Instant from = Instant.parse(published.getString("inForceFrom"));
    gateway.clock().moveTo(from.plusSeconds(1));
    String member = chain.memberWith(0);
    JsonObject order = order(member, 10_000);
    admin.post("/v1/accruals", order).json(201);
    admin.post("/v1/accruals", order(member, 5_000)).json(201);
    JsonObject refund =
        new JsonObject()
            .put("memberId", member)
            .put("storeId", order.getString("storeId"))
            .put("orderId", order.getString("orderId"))
            .put("refundId", "r1")
            .put("amount", 5_000);
    admin.post("/v1/refunds", refund).json(201);
    gateway.clock().moveTo(gateway.clock().now().plus(Duration.ofMinutes(2)));
    return from;
  }

  private JsonObject order(String member, long amount) {
    return chain.order(member, amount).put("occurredAt", gateway.clock().now().toString());
  }

  private JsonObject period(Instant from) {
    return new JsonObject().put("from", from.toString()).put("to", from.plusSeconds(60).toString());
  }

  private JsonObject ended(String path) {
    Await.until(
        "the simulation to end",
        () -> !List.of("queued", "running").contains(admin.get(path).json(200).getString("state")));
    return admin.get(path).json(200);
  }

  @Test
  void a_draft_shows_what_it_would_have_given_and_the_published_book_no_difference() {
    Instant from = sold();
    draft("b2", 3);

    JsonObject asked = admin.post(ALL, period(from)).json(202);
    JsonObject own = ended(ALL + "/" + asked.getString("simulationId"));
    String drafts = "/v1/rule-books/b2/simulations";
    JsonObject other =
        ended(drafts + "/" + admin.post(drafts, period(from)).json(202).getString("simulationId"));
    JsonObject again =
        ended(drafts + "/" + admin.post(drafts, period(from)).json(202).getString("simulationId"));

    assertThat(own.getString("state")).isEqualTo("done");
    assertThat(own.getJsonObject("result").getBoolean("same")).as(own.encodePrettily()).isTrue();
    assertThat(own.getJsonObject("result").getLong("ordersRated"))
        .as(own.encodePrettily())
        .isEqualTo(2);
    JsonObject result = other.getJsonObject("result");
    assertThat(result.getJsonObject("earned"))
        .isEqualTo(new JsonObject().put("before", 150).put("after", 450));
    assertThat(result.getJsonObject("takenBack"))
        .isEqualTo(new JsonObject().put("before", 50).put("after", 150));
    assertThat(result.getJsonObject("cost").getJsonObject("likely"))
        .isEqualTo(
            new JsonObject().put("redemptionPercent", 60).put("before", 60).put("after", 180));
    assertThat(result.getJsonObject("memberChanges").getLong("winning")).isEqualTo(1);
    assertThat(again.getString("hash")).isEqualTo(other.getString("hash"));
    assertThat(other.getString("hash")).isNotEqualTo(own.getString("hash"));
    JsonArray items = admin.get(drafts + "?limit=1").json(200).getJsonArray("items");
    assertThat(items.getJsonObject(0).getString("simulationId"))
        .isEqualTo(again.getString("simulationId"));
    assertThat(items.getJsonObject(0).containsKey("result")).isFalse();
    assertThat(
            admin
                .post(drafts + "/" + other.getString("simulationId") + "/cancel", new JsonObject())
                .json(409)
                .getString("code"))
        .isEqualTo("simulation_ended");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no time        | {}                                                                     | /from
          turned round   | {"from": "2026-02-02T00:00:00Z", "to": "2026-02-01T00:00:00Z"}         | /to
          empty          | {"from": "2026-02-02T00:00:00Z", "to": "2026-02-02T00:00:00Z"}         | /to
          too long       | {"from": "2024-02-02T00:00:00Z", "to": "2026-02-02T00:00:00Z"}         | /from
          in the future  | {"from": "2026-02-02T00:00:00Z", "to": "2099-02-02T00:00:00Z"}         | /to
          no order       | {"from": "2026-02-01T00:00:00Z", "to": "2026-02-02T00:00:00Z", "redemption": {"low": 50, "likely": 40, "high": 60}} | /redemption/likely
          no percentage  | {"from": "2026-02-01T00:00:00Z", "to": "2026-02-02T00:00:00Z", "redemption": {"low": 50, "likely": 60, "high": 160}} | /redemption/high
          """)
  void a_period_that_cannot_be_looked_at_is_refused_by_its_field(
      String name, String body, String pointer) {
    draft("b1", 1);
    JsonObject problem = admin.post(ALL, new JsonObject(body)).json(422);
    assertThat(problem.getJsonArray("errors").encode()).as(name).contains('"' + pointer + '"');
    assertThat(admin.get(ALL).json(200).getJsonArray("items")).isEmpty();
  }

  @Test
  void unknown_books_and_simulations_are_not_found() {
    JsonObject period = period(Instant.parse("2026-02-01T00:00:00Z"));
    admin.post(ALL, period).json(404);
    draft("b1", 1);
    admin.get(ALL + "/none").json(404);
    admin.post(ALL + "/none/cancel", new JsonObject()).json(404);
    String id = admin.post(ALL, period).json(202).getString("simulationId");
    draft("b2", 1);
    admin.get("/v1/rule-books/b2/simulations/" + id).json(404);
  }

  /** A node looks every five seconds, so one of a few is cancelled before it begins. */
  @Test
  void a_simulation_that_waits_is_cancelled_and_the_trail_says_who_did_it() {
    draft("b1", 1);
    JsonObject period = period(Instant.parse("2026-02-01T00:00:00Z"));
    JsonObject cancelled = null;
    for (int i = 0; i < 5 && cancelled == null; i++) {
      String id = admin.post(ALL, period).json(202).getString("simulationId");
      var answer = admin.post(ALL + "/" + id + "/cancel", new JsonObject());
      cancelled = answer.status() == 200 ? admin.get(ALL + "/" + id).json(200) : null;
    }
    assertThat(cancelled).isNotNull();
    String path = ALL + "/" + cancelled.getString("simulationId");
    assertThat(ended(path).getString("state")).isEqualTo("cancelled");
    assertThat(admin.post(path + "/cancel", new JsonObject()).json(200).getString("state"))
        .isEqualTo("cancelled");
    List<JsonObject> rows = admin.get("/v1/audit-trail?action=rulebook.cancelSimulation").items();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).encode()).contains(cancelled.getString("simulationId"));
  }

  @Test
  void no_more_than_five_wait() {
    draft("b1", 1);
    JsonObject period = period(Instant.parse("2026-02-01T00:00:00Z"));
    JsonObject refused = null;
    for (int i = 0; i < 40 && refused == null; i++) {
      var answer = admin.post(ALL, period);
      refused = answer.status() == 202 ? null : answer.json(409);
    }
    assertThat(refused).isNotNull();
    assertThat(refused.getString("code")).isEqualTo("too_many_simulations");
  }
}
