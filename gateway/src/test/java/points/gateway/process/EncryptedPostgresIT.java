package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Await;
import points.gateway.fixture.LocalGateway;
import points.ledger.database.Database;
import points.postgres.LocalPostgres;

/** A PostgreSQL that takes nobody in whose connection is not encrypted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedPostgresIT {

  private static final Path ROOM = Path.of("target", "it", "encrypted-postgres").toAbsolutePath();
  private static final Path CLUSTER = ROOM.resolve("postgres").resolve("cluster");
  private static final Path OTHER = ROOM.resolve("other");
  private static final String PASSWORD = "not-a-secret";
  private static final String ONLY_ENCRYPTED =
      """
      hostssl all all 127.0.0.1/32 scram-sha-256
      hostssl all all ::1/128 scram-sha-256
      """;

  private final Vertx vertx = Vertx.vertx();
  private LocalPostgres postgres;
  private Path certificate;
  private Path stranger;

  @BeforeAll
  void start() throws Exception {
    LocalGateway.deleteTree(ROOM);
    postgres = LocalPostgres.start(ROOM);
    Files.createDirectories(OTHER);
    certificate = certificate("server");
    stranger = certificate("stranger");
    String before = Files.readString(CLUSTER.resolve("pg_hba.conf"));
    try (Connection connection = DriverManager.getConnection(jdbc(postgres.uri()));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
      statement.execute("ALTER SYSTEM SET ssl_key_file = '" + OTHER.resolve("server.key") + "'");
      statement.execute("ALTER SYSTEM SET ssl = on");
      assertThat(before).contains("scram-sha-256");
      Files.writeString(CLUSTER.resolve("pg_hba.conf"), ONLY_ENCRYPTED);
      statement.execute("SELECT pg_reload_conf()");
    }
    awaitEncrypted();
  }

  @AfterAll
  void stop() {
    postgres.close();
    vertx.close().await();
  }

  /** A key, and a certificate signed by itself that names localhost and no address. */
  private static Path certificate(String name) throws Exception {
    Path store = OTHER.resolve(name + ".p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost",
            "-ext",
            "bc=ca:true",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Path key = OTHER.resolve(name + ".key");
    write(key, "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path certificate = OTHER.resolve(name + ".crt");
    write(certificate, "CERTIFICATE", keys.getCertificate(name).getEncoded());
    return certificate;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, text));
  }

  private static String jdbc(String uri) {
    String[] parts = uri.substring("postgresql://".length()).split("[:@/]", 5);
    return "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
        .formatted(parts[2], parts[3], parts[4], parts[0], parts[1]);
  }

  /** By another name of the same host, and with parameters. */
  private String uri(String host, String parameters) {
    return postgres.uri().replace("127.0.0.1", host)
        + "?"
        + parameters
            .replace("SERVER", certificate.toString())
            .replace("STRANGER", stranger.toString());
  }

  private void awaitEncrypted() {
    Await.until("the end of connections that are not encrypted", () -> !takesPlainConnections());
  }

  private boolean takesPlainConnections() {
    try {
      DriverManager.getConnection(jdbc(postgres.uri()) + "&sslmode=disable").close();
      return true;
    } catch (SQLException refused) {
      assertThat(refused.getMessage()).contains("no encryption");
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, sslmode=allow",
    "127.0.0.1, sslmode=prefer",
    "127.0.0.1, sslmode=require",
    "127.0.0.1, sslmode=require&sslrootcert=SERVER",
    "127.0.0.1, sslmode=verify-ca&sslrootcert=SERVER",
    "localhost, sslmode=verify-full&sslrootcert=SERVER",
  })
  void is_reached_both_ways(String host, String parameters) throws Exception {
    var database = new Database(uri(host, parameters));

    try (Connection session = database.connect("points-test");
        ResultSet found = session.createStatement().executeQuery(ENCRYPTED)) {
      found.next();
      assertThat(found.getBoolean(1)).isTrue();
    }
    Pool pool = database.pool(vertx, 1);
    assertThat(pool.query(ENCRYPTED).execute().await().iterator().next().getBoolean(0)).isTrue();
    pool.close().await();
  }

  private static final String ENCRYPTED =
      "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, sslmode=disable",
    "127.0.0.1, sslmode=require&sslrootcert=STRANGER",
    "localhost, sslmode=verify-ca&sslrootcert=STRANGER",
    "localhost, sslmode=verify-full&sslrootcert=STRANGER",
    "localhost, sslmode=verify-full&sslrootcert=system",
    "localhost, sslmode=verify-full",
    "127.0.0.1, sslmode=verify-full&sslrootcert=SERVER",
  })
  void is_not_trusted_where_it_is_not_the_one_that_was_meant(String host, String parameters) {
    var database = new Database(uri(host, parameters));

    assertThatThrownBy(() -> database.connect("points-test").close());
    Pool pool = database.pool(vertx, 1);
    assertThatThrownBy(() -> pool.query(ENCRYPTED).execute().await());
    pool.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslmode=require", "sslmode=verify-full&sslrootcert=SERVER"})
  void a_gateway_works_on_it_and_every_session_is_encrypted(String parameters) throws Exception {
    LocalGateway gateway =
        LocalGateway.start(
            "encrypted", Map.of("POINTS_PG_URI", uri("nowhere.invalid:1,localhost", parameters)));
    try {
      gateway
          .operator()
          .post("/v1/stores", "store", new JsonObject().put("storeId", "S").put("name", "S"))
          .json(201);
      String order = parameters.replaceAll("[^a-z]", "");
      gateway
          .operator()
          .post(
              "/v1/accruals",
              new JsonObject()
                  .put("memberId", "m")
                  .put("storeId", "S")
                  .put("orderId", order)
                  .put("occurredAt", Instant.now().toString())
                  .put("amount", 1_000))
          .json(201);

      List<String> sessions = sessions();
      assertThat(sessions).anyMatch(it -> it.startsWith("points-lane/"));
      assertThat(sessions).anyMatch(it -> it.startsWith("points-reader"));
      assertThat(sessions).allMatch(it -> it.endsWith(" t"));
    } finally {
      gateway.close();
    }
  }

  private List<String> sessions() throws Exception {
    var sessions = new ArrayList<String>();
    try (Connection connection = new Database(uri("localhost", "sslmode=require")).connect("test");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    """
                    SELECT application_name || ' ' || left(ssl::text, 1)
                      FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
                     WHERE starts_with(application_name, 'points-')
                    """)) {
      while (rows.next()) {
        sessions.add(rows.getString(1));
      }
    }
    return sessions;
  }

  @Test
  void a_gateway_that_may_not_encrypt_does_not_start() {
    assertThatThrownBy(
            () ->
                LocalGateway.start(
                    "plain", Map.of("POINTS_PG_URI", uri("127.0.0.1", "sslmode=disable"))))
        .hasStackTraceContaining("no encryption");
  }
}
