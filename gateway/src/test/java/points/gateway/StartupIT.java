package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import points.cluster.Cluster;
import points.gateway.admission.InFlight;
import points.gateway.fixture.LocalGateway;
import points.ledger.database.Database;
import points.postgres.LocalPostgres;

/** A node that cannot start ends what it had begun, while its Vert.x still runs. */
class StartupIT {

  private static final long PATIENCE_S = 30;
  private static final Path DIRECTORY = Path.of("target", "it", "startup").toAbsolutePath();

  @Test
  void a_start_that_fails_at_its_last_port_leaves_no_session_and_no_consumer() throws Exception {
    LocalGateway.deleteTree(DIRECTORY);
    try (LocalPostgres postgres = LocalPostgres.start(DIRECTORY);
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Settings settings = settings(taken.getLocalPort());
      var database = new Database(postgres.uri());
      database.migrate();
      Cluster cluster =
          Cluster.start(settings.cluster(), new VertxOptions(), Vertx.builder())
              .await(PATIENCE_S, TimeUnit.SECONDS);
      try {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        assertThatThrownBy(() -> start(settings, cluster, database, meters))
            .hasMessageContaining("POINTS_MANAGEMENT_PORT");
        assertNobodyListens(cluster.vertx(), "points.registry.programs.changed");
        assertNobodyListens(cluster.vertx(), "points.ledger.leases." + cluster.nodeId());
        assertNobodyListens(cluster.vertx(), "points.ledger.commands." + cluster.nodeId());
        awaitNoSession(database);
      } finally {
        cluster.close().await(PATIENCE_S, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void a_start_that_fails_after_its_last_port_closes_its_ports() throws Exception {
    LocalGateway.deleteTree(DIRECTORY);
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (LocalPostgres postgres = LocalPostgres.start(DIRECTORY)) {
      Settings settings = settings(port);
      var database = new Database(postgres.uri());
      database.migrate();
      Cluster cluster =
          Cluster.start(settings.cluster(), new VertxOptions(), Vertx.builder())
              .await(PATIENCE_S, TimeUnit.SECONDS);
      try {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.counter("points.sweep.lag.seconds"); // which the jobs register as a gauge
        assertThatThrownBy(() -> start(settings, cluster, database, meters))
            .hasMessageContaining("points.sweep.lag.seconds");
        assertThatThrownBy(() -> new Socket(settings.managementHost(), port).close())
            .isInstanceOf(ConnectException.class);
        awaitNoSession(database);
      } finally {
        cluster.close().await(PATIENCE_S, TimeUnit.SECONDS);
      }
    }
  }

  private static Settings settings(int managementPort) throws Settings.UnusableException {
    Map<String, String> environment = new HashMap<>();
    environment.put("POINTS_DATA_DIR", DIRECTORY.toString());
    environment.put("POINTS_HTTP_PORT", "0");
    environment.put("POINTS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("POINTS_BOOTSTRAP_KEY", LocalGateway.OPERATOR_KEY);
    return Settings.read(environment);
  }

  private static void start(
      Settings settings, Cluster cluster, Database database, PrometheusMeterRegistry meters)
      throws Exception {
    new Startup(settings, cluster, new InFlight(10), new InFlight(10), meters)
        .start(database)
        .await(PATIENCE_S, TimeUnit.SECONDS);
  }

  private static void assertNobodyListens(Vertx vertx, String address) {
    assertThatThrownBy(
            () -> vertx.eventBus().request(address, "").await(PATIENCE_S, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ReplyException.class,
            it -> assertThat(it.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }

  /** A server process ends a moment after its connection. */
  private static void awaitNoSession(Database database) throws SQLException {
    var to = database.connection();
    String url =
        "jdbc:postgresql://%s:%d/%s".formatted(to.getHost(), to.getPort(), to.getDatabase());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    try (Connection connection = DriverManager.getConnection(url, to.getUser(), to.getPassword());
        Statement statement = connection.createStatement()) {
      long sessions;
      do {
        try (ResultSet found =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'points-%'")) {
          found.next();
          sessions = found.getLong(1);
        }
      } while (sessions > 0 && System.nanoTime() < until);
      assertThat(sessions).isZero();
    }
  }
}
