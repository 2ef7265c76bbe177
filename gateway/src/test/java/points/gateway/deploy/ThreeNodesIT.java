package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.deploy.Haproxy.Node;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalDatabase;
import points.gateway.fixture.LocalGateway;
import points.postgres.LocalPostgres;

/** A cluster of three gateways on one PostgreSQL, behind HAProxy with the file of docs/deploy. */
@Tag("system")
class ThreeNodesIT {

  private static final Path DATA = Path.of("target", "it", "three-nodes").toAbsolutePath();
  private static final int CALLERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<LocalGateway> gateways = new ArrayList<>();
  private LocalPostgres postgres;
  private Haproxy haproxy;

  @BeforeEach
  void start() throws Exception {
    LocalGateway.deleteTree(DATA);
    postgres = LocalPostgres.start(DATA);
    List<Integer> ports = IntStream.range(0, 3).mapToObj(i -> FreePort.next()).toList();
    String members = ports.stream().map(it -> "127.0.0.1:" + it).collect(Collectors.joining(","));
    List<Node> nodes = new ArrayList<>();
    for (int port : ports) {
      var node = new Node(FreePort.next(), FreePort.next());
      nodes.add(node);
      gateways.add(LocalGateway.start("three-" + nodes.size(), settings(members, port, node)));
    }
    haproxy = Haproxy.before("three", nodes.get(0), nodes.get(1), nodes.get(2));
    haproxy.awaitReady(3);
  }

  private Map<String, String> settings(String members, int port, Node node) {
    return Map.of(
        "POINTS_PG_URI", postgres.uri(),
        "POINTS_CLUSTER_SECRET", "known-to-the-nodes-of-this-cluster-only",
        "POINTS_CLUSTER_MEMBERS", members,
        "POINTS_CLUSTER_PORT", Integer.toString(port),
        "POINTS_BUS_PORT", Integer.toString(FreePort.next()),
        "POINTS_HTTP_PORT", Integer.toString(node.port()),
        "POINTS_MANAGEMENT_PORT", Integer.toString(node.managementPort()));
  }

  @AfterEach
  void stop() throws Exception {
    if (haproxy != null) {
      haproxy.close();
    }
    gateways.forEach(LocalGateway::close);
    postgres.close();
  }

  @Test
  @Timeout(180)
  void callers_get_everything_done_while_one_node_after_the_other_is_restarted() throws Exception {
    Caller caller = gateways.get(0).operator().at(haproxy::uri);
    caller.post("/v1/stores", new JsonObject().put("storeId", "S").put("name", "S")).json(201);
    var over = new AtomicBoolean();
    List<CompletableFuture<Integer>> done =
        IntStream.range(0, CALLERS)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> earn(caller, "m" + i, over)))
            .toList();

    for (LocalGateway gateway : gateways) {
      gateway.restart();
      haproxy.awaitReady(3);
    }
    over.set(true);

    for (int i = 0; i < CALLERS; i++) {
      int orders = done.get(i).get();
      assertThat(orders).isGreaterThan(10);
      for (LocalGateway gateway : gateways) {
        JsonObject balance = gateway.operator().get("/v1/members/m" + i + "/balance").json(200);
        assertThat(balance.getInteger("available")).isEqualTo(orders);
        assertThat(balance.getBoolean("stale")).isFalse();
      }
    }
    Invariants.hold(new LocalDatabase(DATA));
  }

  /** One order after the other, a point each; what a till would send again is sent again. */
  private static int earn(Caller caller, String member, AtomicBoolean over) {
    int orders = 0;
    while (!over.get()) {
      String order = member + "-" + ++orders;
      JsonObject body =
          new JsonObject()
              .put("memberId", member)
              .put("storeId", "S")
              .put("orderId", order)
              .put("occurredAt", Instant.now().toString())
              .put("amount", 100);
      Instant begun = Instant.now();
      Answer answer = caller.post("/v1/accruals", order, body);
      while (answer.status() != 201) {
        assertThat(answer.status()).as(answer.body()).isIn(429, 503, 504);
        assertThat(Duration.between(begun, Instant.now())).as(order).isLessThan(PATIENCE);
        pause();
        answer = caller.post("/v1/accruals", order, body);
      }
      pause();
    }
    return orders;
  }

  private static void pause() {
    Await.letPass("a till's time between two customers or two tries", Duration.ofMillis(50));
  }
}
