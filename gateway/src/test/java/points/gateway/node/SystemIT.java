package points.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** {@code GET /v1/system}. */
@WithGateway
class SystemIT {

  /** What only an operator sees. */
  private static final Set<String> WHERE_AND_HOW_LARGE =
      Set.of(
          "address", "heapUsedBytes", "heapMaxBytes", "sizeBytes", "connections", "connectionsMax");

  private final LocalGateway gateway;
  private final Chain chain;

  SystemIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void a_lone_node_says_how_it_is_and_what_waits() {
    chain.earn("m", 12_850);
    JsonObject system = chain.admin().get("/v1/system").json(200);

    JsonObject node = onlyNode(system);
    assertThat(node.getString("nodeId")).isEqualTo(system.getString("answeredBy"));
    assertThat(node.getString("state")).isEqualTo("ready");
    assertThat(node.containsKey("notReady")).isFalse();
    assertThat(node.getString("version")).isNotEmpty();
    assertThat(Instant.parse(node.getString("startedAt"))).isBefore(Instant.now());
    assertThat(node.getInteger("nodesSeen")).isEqualTo(1);
    assertThat(node.getInteger("requests")).isPositive();
    assertThat(system.getJsonObject("database").getString("state")).isEqualTo("answers");
    assertThat(system.getJsonObject("database").getString("version")).matches("[0-9]+\\.[0-9]+");
    assertThat(system.getJsonObject("outbox").getLong("waiting")).isZero();
    assertThat(names(system.getJsonArray("jobs"))).containsExactly("audit", "expiry");
    assertThat(system.getJsonObject("feed").getLong("lagMillis")).isLessThan(10_000);
    assertThat(names(system.getJsonObject("feed").getJsonArray("consumers"))).contains("figures");
  }

  @Test
  void the_length_of_the_trail_is_that_of_the_callers_program() {
    long before = changes();
    chain
        .admin()
        .post("/v1/stores", new JsonObject().put("storeId", "S7").put("name", "7"))
        .json(201);
    assertThat(changes()).isEqualTo(before + 1);
  }

  @Test
  void only_an_operator_sees_where_the_nodes_are_and_how_large_it_all_is() {
    JsonObject whole = gateway.operator().get("/v1/system").json(200);
    assertThat(fields(whole)).containsAll(WHERE_AND_HOW_LARGE);
    assertThat(whole.getJsonObject("database").getLong("sizeBytes")).isGreaterThan(1_000_000);

    List<Caller> others =
        List.of(
            chain.admin(),
            Person.of(gateway, chain, List.of("headOffice")).signIn(),
            Person.of(gateway, chain, List.of("auditor")).signIn());
    for (Caller other : others) {
      assertThat(fields(other.get("/v1/system").json(200)))
          .contains("nodeId", "lagMillis")
          .doesNotContainAnyElementsOf(WHERE_AND_HOW_LARGE);
    }
  }

  @Test
  void a_database_that_does_not_answer_holds_nobody_up() throws Exception {
    try (Connection other = gateway.database().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE job IN ACCESS EXCLUSIVE MODE");
      Await.until(
          "the database to count as silent",
          () -> state(chain.admin().get("/v1/system").json(200)).equals("silent"));
      long begun = System.nanoTime();
      JsonObject system = chain.admin().get("/v1/system").json(200);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
      assertThat(onlyNode(system).getString("state")).isEqualTo("ready");
      assertThat(system.fieldNames()).doesNotContain("feed", "outbox", "jobs", "auditTrail");
      other.rollback();
    }
    Await.until(
        "the database to answer",
        () -> state(chain.admin().get("/v1/system").json(200)).equals("answers"));
  }

  @Test
  void the_nodes_of_a_cluster_are_shown_by_each_of_them_and_go_when_they_stop() {
    int port = FreePort.next();
    int otherPort = FreePort.next();
    String members = "127.0.0.1:%d,127.0.0.1:%d".formatted(port, otherPort);
    try (LocalGateway first = node("system-first", members, port)) {
      JsonObject alone = first.operator().get("/v1/system").json(200);
      String firstId = onlyNode(alone).getString("nodeId");
      try (LocalGateway second = node("system-second", members, otherPort)) {
        var answers = new ArrayList<JsonObject>();
        Await.until("both to see both", () -> seen(first) == 2 && seen(second, answers) == 2);
        JsonObject system = answers.get(answers.size() - 1);

        assertThat(system.getString("answeredBy")).isNotEqualTo(firstId);
        JsonObject oldest = system.getJsonArray("nodes").getJsonObject(0);
        assertThat(oldest.getString("nodeId")).isEqualTo(firstId);
        assertThat(oldest.getInteger("nodesSeen")).isEqualTo(2);
        assertThat(oldest.getString("address")).isNotEmpty();
      }
      Await.until("the second to be gone", () -> seen(first) == 1);
    }
  }

  /** A node of a cluster on the database of the shared gateway. */
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

  /** The nodes that are ready, as one of them says. */
  private static long seen(LocalGateway node) {
    return seen(node, new ArrayList<>());
  }

  /** The same; the answer that says so is added to those of before. */
  private static long seen(LocalGateway node, List<JsonObject> answers) {
    JsonObject system = node.operator().get("/v1/system").json(200);
    answers.add(system);
    return system.getJsonArray("nodes").stream()
        .filter(it -> ((JsonObject) it).getString("state").equals("ready"))
        .count();
  }

  private long changes() {
    return chain.admin().get("/v1/system").json(200).getJsonObject("auditTrail").getLong("changes");
  }

  private static String state(JsonObject system) {
    return system.getJsonObject("database").getString("state");
  }

  private static JsonObject onlyNode(JsonObject system) {
    assertThat(system.getJsonArray("nodes")).hasSize(1);
    return system.getJsonArray("nodes").getJsonObject(0);
  }

  private static List<String> names(JsonArray array) {
    return array.stream().map(it -> ((JsonObject) it).getString("name")).toList();
  }

  /** The names of all fields, however deep. */
  private static Set<String> fields(Object json) {
    var names = new TreeSet<String>();
    if (json instanceof JsonObject object) {
      names.addAll(object.fieldNames());
      object.forEach(it -> names.addAll(fields(it.getValue())));
    } else if (json instanceof JsonArray array) {
      array.forEach(it -> names.addAll(fields(it)));
    }
    return names;
  }
}
