package points.gateway.process;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.Await;
import points.gateway.fixture.LocalDatabase;
import points.gateway.fixture.LocalGateway;
import points.postgres.LocalPostgres;

/** The first key, where several nodes start on one empty database. */
class FirstKeyIT {

  private static final Path DATA = Path.of("target", "it", "first-key").toAbsolutePath();
  private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE NOT granted";

  /** In the form of the gateway's own keys, with the check of another deployment. */
  private static final String COPIED = "pk_" + "c".repeat(65);

  /** As another node's transaction would: it ends when this node has read half of what it reads. */
  @Test
  @Timeout(120)
  void a_first_key_copied_from_elsewhere_is_known_to_a_node_that_starts_meanwhile()
      throws Exception {
    LocalGateway.deleteTree(DATA);
    try (LocalPostgres postgres = LocalPostgres.start(DATA)) {
      var settings = Map.of("POINTS_PG_URI", postgres.uri(), "POINTS_BOOTSTRAP_KEY", COPIED);
      LocalGateway.start("first-key-first", settings).close();
      var database = new LocalDatabase(DATA);
      try (Connection other = database.connect();
          Statement statement = other.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT * FROM api_key");
        statement.execute("DELETE FROM api_key");
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE program IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<LocalGateway> starting =
            CompletableFuture.supplyAsync(() -> LocalGateway.start("first-key-second", settings));
        Await.until("the second node to wait for the lock", () -> database.number(LOCKS) > 0);

        statement.execute("INSERT INTO api_key SELECT * FROM kept");
        other.commit();

        try (LocalGateway second = starting.get(60, TimeUnit.SECONDS)) {
          second.caller(COPIED).get("/v1/program").json(200);
        }
      }
    }
  }
}
