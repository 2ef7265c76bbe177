package points.gateway.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** A rule book comes into force at one instant on all nodes, while tills sell. */
@WithGateway
class OneInstantIT {

  private static final int TILLS = 4;

  private final LocalGateway gateway;

  OneInstantIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * An order that a till sold, and its answer.
   *
   * @param paidAt as the till says
   */
  private record Sold(Instant paidAt, int status, JsonObject answer) {}

  @Test
  void every_order_is_rated_by_the_book_of_its_instant_on_each_node_and_none_is_lost()
      throws Exception {
    int port = FreePort.next();
    int otherPort = FreePort.next();
    String members = "127.0.0.1:%d,127.0.0.1:%d".formatted(port, otherPort);
    try (LocalGateway one = node("instant-one", members, port);
        LocalGateway two = node("instant-two", members, otherPort)) {
      Chain chain = Chain.open(one, "instant");
      String key =
          chain
              .admin()
              .post("/v1/api-keys", new JsonObject().put("name", "tills").put("role", "admin"))
              .json(201)
              .getString("key");
      chain.admin().post("/v1/rule-books", book("first", 2)).json(201);
      JsonObject made =
          chain.admin().post("/v1/rule-books/first/publish", new JsonObject()).json(201);
      Instant from = Instant.parse(made.getString("inForceFrom"));
      int number = made.getInteger("number");

      var sold = new ConcurrentLinkedQueue<Sold>();
      sellUntil(from.plusSeconds(3), List.of(one.caller(key), two.caller(key)), chain, sold);

      assertThat(sold).filteredOn(it -> it.paidAt().isBefore(from)).hasSizeGreaterThan(100);
      assertThat(sold).filteredOn(it -> !it.paidAt().isBefore(from)).hasSizeGreaterThan(100);
      for (Sold it : sold) {
        assertThat(it.status()).as(it.toString()).isEqualTo(201);
        boolean isNew = !it.paidAt().isBefore(from);
        JsonObject why = it.answer().getJsonObject("why");
        assertThat(it.answer().getInteger("points")).as(it.toString()).isEqualTo(isNew ? 2 : 1);
        assertThat(why == null ? 0 : why.getInteger("publication"))
            .as(it.toString())
            .isEqualTo(isNew ? number : 0);
      }
    }
  }

  /** Tills of both nodes sell until an instant, each order to another member. */
  private static void sellUntil(Instant end, List<Caller> callers, Chain chain, Queue<Sold> sold)
      throws Exception {
    var closed = new AtomicBoolean();
    ExecutorService tills = Executors.newFixedThreadPool(TILLS);
    for (int i = 0; i < TILLS; i++) {
      Caller caller = callers.get(i % callers.size());
      tills.execute(
          () -> {
            while (!closed.get()) {
              Instant paidAt = Instant.now();
              JsonObject order =
                  chain.order(chain.newId("m"), 100).put("occurredAt", paidAt.toString());
              var answer = caller.post("/v1/accruals", order);
              sold.add(new Sold(paidAt, answer.status(), new JsonObject(answer.body())));
            }
          });
    }
    Await.until("the book to be in force", Duration.ofMinutes(2), () -> Instant.now().isAfter(end));
    closed.set(true);
    tills.shutdown();
    assertThat(tills.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private static JsonObject book(String id, int points) {
    return new JsonObject()
        .put("ruleBookId", id)
        .put("base", new JsonObject().put("points", points).put("perAmount", 100));
  }

  private LocalGateway node(String name, String members, int port) {
    return LocalGateway.start(
        name,
        Map.of(
            "POINTS_PG_URI", gateway.database().uri(),
            "POINTS_CLUSTER_SECRET", "known-to-the-nodes-of-this-cluster-only",
            "POINTS_CLUSTER_MEMBERS", members,
            "POINTS_CLUSTER_PORT", Integer.toString(port),
            "POINTS_BUS_PORT", Integer.toString(FreePort.next())));
  }
}
