package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry's start. */
class RegistryTest {

  private static final long PATIENCE_S = 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Test
  void a_start_without_a_database_leaves_no_consumer() throws Exception {
    Pool pool = PgBuilder.pool().connectingTo(noDatabase()).using(vertx).build();

    assertThatThrownBy(() -> Registry.open(vertx, pool).await(PATIENCE_S, TimeUnit.SECONDS))
        .isNotNull();

    assertThatThrownBy(
            () ->
                vertx
                    .eventBus()
                    .request("points.registry.programs.changed", "")
                    .await(PATIENCE_S, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ReplyException.class,
            it -> assertThat(it.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }

  private static PgConnectOptions noDatabase() throws Exception {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new PgConnectOptions()
          .setHost("127.0.0.1")
          .setPort(closed.getLocalPort())
          .setUser("nobody")
          .setDatabase("none");
    }
  }
}
