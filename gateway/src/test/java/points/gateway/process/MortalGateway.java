package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.ThrowingSupplier;
import points.gateway.contract.Contract;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalDatabase;
import points.gateway.fixture.LocalGateway;
import points.gateway.process.HeldCommit.Fate;
import points.gateway.process.HeldCommit.Step;
import points.postgres.LocalPostgres;

/** A gateway to be killed and started again, on a PostgreSQL that goes on; with one store. */
final class MortalGateway implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Path room;
  private final LocalPostgres postgres;
  private final LocalDatabase database;
  private final GatewayProcess process;
  private final Caller office;

  private MortalGateway(String name) throws Exception {
    this.room = Path.of("target", "it", name).toAbsolutePath();
    LocalGateway.deleteTree(room);
    Path data = room.resolve("data");
    this.postgres = LocalPostgres.start(data);
    this.database = new LocalDatabase(data);
    Path classes = room.resolve("classes.jsa");
    try (var first = process("-XX:ArchiveClassesAtExit=" + classes)) {
      first.awaitReady();
    }
    this.process = process("-XX:SharedArchiveFile=" + classes);
    this.office = new Caller(process::uri, Contract.load(vertx), LocalGateway.OPERATOR_KEY);
  }

  /**
   * Starts both.
   *
   * @param name of a directory that nobody else uses
   */
  static MortalGateway open(String name) throws Exception {
    var gateway = new MortalGateway(name);
    try {
      gateway.begin();
      return gateway;
    } catch (Exception | AssertionError e) {
      gateway.close();
      throw e;
    }
  }

  private void begin() throws Exception {
    process.awaitReady();
    var store = new JsonObject().put("storeId", Chain.STORE).put("name", "First");
    office.post("/v1/stores", store).json(201);
  }

  /** Each start but the first finds its classes loaded; for its short life it compiles little. */
  private GatewayProcess process(String classes) throws IOException {
    Map<String, String> settings =
        Map.of(
            "POINTS_PG_URI",
            postgres.uri(),
            "POINTS_BOOTSTRAP_KEY",
            LocalGateway.OPERATOR_KEY,
            "JAVA_TOOL_OPTIONS",
            "-XX:TieredStopAtLevel=1 " + classes);
    return GatewayProcess.on(room.resolve("gateway"), settings);
  }

  Caller office() {
    return office;
  }

  LocalDatabase database() {
    return database;
  }

  /** The address of its PostgreSQL, for commands beside it. */
  String postgresUri() {
    return postgres.uri();
  }

  /** After a case that failed. */
  void beThere() throws Exception {
    if (!process.isAlive()) {
      restart();
    }
  }

  void restart() throws Exception {
    process.restart();
    process.awaitReady();
  }

  /**
   * Kills it in the commit of a step.
   *
   * @param begun begins what comes to the step; what it gives is given back
   */
  <T> T killAt(Step step, Fate fate, ThrowingSupplier<T> begun) throws Throwable {
    try (HeldCommit held = HeldCommit.at(database, step)) {
      T under = begun.get();
      held.awaitReached();
      process.kill();
      held.end(fate);
      return under;
    }
  }

  void await(String what, String number, long wanted) {
    Await.until(what, PATIENCE, () -> database.number(number) == wanted);
  }

  void booksHold(List<String> members) throws SQLException {
    for (String member : members) {
      JsonObject proof = office.get("/v1/members/" + member + "/proof").json(200);
      assertThat(proof.getBoolean("holds")).as(proof.encode()).isTrue();
    }
    Invariants.hold(database);
  }

  void run(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    process.close();
    postgres.close();
    vertx.close().await();
  }
}
