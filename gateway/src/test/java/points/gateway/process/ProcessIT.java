package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.gateway.contract.Contract;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** How the process starts and ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessIT {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessIT.class);
  private static final int ENDED_BY_SIGTERM = 128 + 15;
  private static final Path ROOM = Path.of("target", "it", "process").toAbsolutePath();

  private final Vertx vertx = Vertx.vertx();
  private Contract contract;
  private Path directory;

  @BeforeAll
  void load() {
    contract = Contract.load(vertx);
    LocalGateway.deleteTree(ROOM);
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  @BeforeEach
  void chooseDirectory(TestInfo test) {
    directory = ROOM.resolve(test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void a_lone_node_listens_for_callers_and_its_management_and_for_nobody_else() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.on(directory, Map.of())) {
      gateway.awaitReady();

      assertThat(gateway.listening()).isEqualTo(gateway.ports());
    }
  }

  private Caller caller(GatewayProcess gateway, String key) {
    return new Caller(gateway::uri, contract, key);
  }

  @Test
  void starts_and_stops_without_settings_and_keeps_its_data() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.on(directory, Map.of())) {
      gateway.awaitReady();

      Path keyFile = directory.resolve("bootstrap-key");
      String key = Files.readString(keyFile).strip();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
          .isEqualTo("rw-------");
      assertThat(gateway.output()).contains(keyFile.toString()).doesNotContain(key);
      assertThat(gateway.output())
          .contains(gateway.uri() + "/v1", gateway.uri() + "/docs", "/health/ready");
      earn(caller(gateway, key), 700);

      List<ProcessHandle> postgres = gateway.postgres();
      assertThat(postgres).hasSizeGreaterThan(1);
      gateway.terminate();
      assertThat(gateway.awaitEnd()).isEqualTo(ENDED_BY_SIGTERM);
      areGone(postgres);

      long since = System.nanoTime();
      gateway.restart();
      gateway.awaitReady();
      Duration took = Duration.ofNanos(System.nanoTime() - since);
      LOG.warn("a warm start takes {} ms", took.toMillis());
      assertThat(took).isLessThan(Duration.ofSeconds(30));
      assertThat(gateway.output()).doesNotContain(key);
      assertThat(available(caller(gateway, key))).isEqualTo(7);
    }
  }

  @Test
  void recovers_from_being_killed_and_is_alone_on_its_directory() throws Exception {
    Map<String, String> settings = Map.of("POINTS_BOOTSTRAP_KEY", LocalGateway.OPERATOR_KEY);
    try (GatewayProcess gateway = GatewayProcess.on(directory, settings)) {
      gateway.awaitReady();
      Caller operator = caller(gateway, LocalGateway.OPERATOR_KEY);
      earn(operator, 700);
      assertThat(directory.resolve("bootstrap-key")).doesNotExist();

      GatewayProcess second = GatewayProcess.on(directory, settings);
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.output().strip().lines().toList()).hasSize(1);
      assertThat(second.output()).startsWith("not started: ").contains(directory.toString());
      assertThat(available(operator)).isEqualTo(7);

      List<ProcessHandle> left = gateway.postgres();
      gateway.kill();
      assertThat(left.get(0).isAlive()).as("PostgreSQL outlives a gateway that is killed").isTrue();
      gateway.restart();
      gateway.awaitReady();
      assertThat(available(operator)).isEqualTo(7);
      areGone(left.subList(0, 1));
      earn(operator, 100);
      Invariants.hold(gateway.database());
    }
  }

  @Test
  void stops_in_order_on_a_signal_during_its_start() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.on(directory, Map.of())) {
      List<ProcessHandle> postgres = gateway.awaitPostgres();

      gateway.terminate();

      assertThat(gateway.awaitEnd()).isEqualTo(ENDED_BY_SIGTERM);
      areGone(postgres);
      assertThat(gateway.postgres()).isEmpty();
    }
  }

  @Test
  void names_a_setting_that_is_wrong() throws Exception {
    Map<String, String> settings = Map.of("POINTS_HTTP_PORT", "http");
    try (GatewayProcess gateway = GatewayProcess.on(directory, settings)) {
      assertThat(gateway.awaitEnd()).isEqualTo(2);
      assertThat(gateway.output().strip())
          .isEqualTo("POINTS_HTTP_PORT is 'http'; it must be a whole number from 0 to 65535");
      assertThat(directory).doesNotExist();
    }
  }

  @Test
  void logs_no_more_than_its_level() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.on(directory, Map.of("POINTS_LOG_LEVEL", "warn"))) {
      gateway.awaitReady();

      assertThat(gateway.output()).doesNotContain("INFO");
    }
  }

  @Test
  void names_the_port_that_is_in_use() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Map<String, String> settings = Map.of("POINTS_HTTP_PORT", port);
      try (GatewayProcess gateway = GatewayProcess.on(directory, settings)) {
        assertThat(gateway.awaitEnd()).isEqualTo(1);
        assertThat(gateway.output())
            .contains("not started: cannot listen on 127.0.0.1:" + port + " (POINTS_HTTP_PORT)");
        assertThat(gateway.postgres()).isEmpty();
      }
    }
  }

  /** Or as good as gone: a process that has ended is seen until init gets to it. */
  private static void areGone(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static void earn(Caller operator, long amount) {
    if (operator.get("/v1/stores").items().isEmpty()) {
      var store = new JsonObject().put("storeId", Chain.STORE).put("name", "First");
      operator.post("/v1/stores", store).json(201);
    }
    var order =
        new JsonObject()
            .put("memberId", "m")
            .put("storeId", Chain.STORE)
            .put("orderId", "order-" + System.nanoTime())
            .put("occurredAt", Instant.now().toString())
            .put("amount", amount);
    operator.post("/v1/accruals", order).json(201);
  }

  private static long available(Caller operator) {
    return operator.get("/v1/members/m/balance").json(200).getLong("available");
  }
}
