package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import points.gateway.deploy.Haproxy.Node;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.process.InventedKeys;

/** Thousands of connections with invented API keys, and what becomes of the tills meanwhile. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventedKeysIT {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(InventedKeysIT.class);
  private static final int CONNECTIONS = 3_000;
  private static final int TILLS = 4;
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
  private static final int CALLS = 250;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Takes on fewer requests than strangers come: those that are held back must not count. */
  private final LocalGateway gateway =
      LocalGateway.start("invented-keys", Map.of("POINTS_IN_FLIGHT_MAX", "2000"));

  private final Chain chain = Chain.open(gateway, "invented");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  @Timeout(180)
  void invented_keys_are_refused_while_every_good_call_is_served() throws Exception {
    holds(gateway::uri, "401", "429");
  }

  @Test
  @Timeout(180)
  void invented_keys_are_refused_behind_the_load_balancer_too() throws Exception {
    var node =
        new Node(
            URI.create(gateway.uri()).getPort(), URI.create(gateway.managementUri()).getPort());
    var dead = new Node(FreePort.next(), FreePort.next());
    try (Haproxy haproxy = Haproxy.before("invented", dead, node, dead)) {
      haproxy.awaitReady(1);
      // It says 504 when it finds no way in: to a crowd that connects at one moment.
      holds(haproxy::uri, "401", "429", "504");
    }
  }

  /** Key look-ups that hang for ever: whoever needs none is served, and the node stays ready. */
  @Test
  @Timeout(60)
  void invented_keys_cost_known_callers_no_query() throws Exception {
    Caller till = chain.key("store", Chain.STORE);
    till.post("/v1/accruals", chain.order("known", 100)).json(201);
    try (Connection database = gateway.database().connect();
        Statement statement = database.createStatement()) {
      database.setAutoCommit(false);
      statement.execute("LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE");
      try (InventedKeys invented = InventedKeys.on(gateway.uri(), 200)) {
        while (invented.answers("401") < 50) {
          till.post("/v1/accruals", chain.order("known", 100)).json(201);
          assertThat(ready()).isEqualTo(200);
        }
      }
      database.rollback();
    }
  }

  private void holds(Supplier<String> uri, String... refusals) throws Exception {
    List<Caller> tills =
        IntStream.range(0, TILLS).mapToObj(i -> chain.key("store", Chain.STORE).at(uri)).toList();
    earn(tills, "warm");
    Duration quiet = earn(tills, "quiet");

    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(log);
    var over = new AtomicBoolean();
    try (InventedKeys invented = InventedKeys.on(uri.get(), CONNECTIONS)) {
      CompletableFuture<List<Integer>> readiness =
          CompletableFuture.supplyAsync(() -> readinessUntil(over));

      Duration flooded = earn(tills, "flooded");

      over.set(true);
      assertThat(readiness.get()).isNotEmpty().containsOnly(200);
      LOG.warn(
          "p99 of good calls: {} ms, and {} ms with {} connections of invented keys, answered {}",
          quiet.toMillis(),
          flooded.toMillis(),
          invented.connected(),
          invented.statuses());
      assertThat(invented.connected()).isEqualTo(CONNECTIONS);
      assertThat(invented.statuses().keySet()).contains("401").isSubsetOf(refusals);
      // one line in ten seconds for each kind, and whatever else a node says in that time
      assertThat(log.list).hasSizeLessThan(30);
    } finally {
      over.set(true);
      root.detachAppender(log);
    }
  }

  /** Every call of every till is accepted. Of a hundred, the slowest took so long (p99). */
  private Duration earn(List<Caller> tills, String member) {
    List<CompletableFuture<List<Duration>>> done =
        tills.stream()
            .map(till -> CompletableFuture.supplyAsync(() -> earn(till, member)))
            .toList();
    List<Duration> times = done.stream().flatMap(it -> it.join().stream()).sorted().toList();
    return times.get(times.size() * 99 / 100);
  }

  private List<Duration> earn(Caller till, String member) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      JsonObject order = chain.order(member, 100);
      Instant begun = Instant.now();
      till.post("/v1/accruals", order).json(201);
      times.add(Duration.between(begun, Instant.now()));
    }
    return times;
  }

  private List<Integer> readinessUntil(AtomicBoolean over) {
    List<Integer> statuses = new ArrayList<>();
    try {
      do {
        statuses.add(ready());
        Await.letPass("the time between two probes of a load balancer", BETWEEN_PROBES);
      } while (!over.get());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return statuses;
  }

  private int ready() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/health/ready"));
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
