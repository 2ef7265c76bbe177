package points.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.ledger.database.PgClient;

/** Whoever reads keys from the database reads none once it has been stopped. */
class StoppedKeysTest {

  /** Longer than the pauses between two readings. */
  private static final Duration SEVERAL_PAUSES = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Promise<SqlConnection>> asked = new LinkedBlockingQueue<>();
  private final PgClient database = new PgClient(pool());

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void revocations_are_not_read() throws InterruptedException {
    var revocations = new Revocations(vertx, database, revoked -> {});
    revocations.start();
    next().fail("no connection");
    next().fail("no connection"); // it goes on after a failure

    await(revocations.stop());
    assertNothingIsAsked();
  }

  @Test
  void unknown_keys_are_not_looked_up() throws InterruptedException {
    var unknown = new UnknownKeys(vertx, database);
    Future<Optional<Credential>> first = unknown.find(Buffer.buffer("first"));
    Future<Optional<Credential>> waits = unknown.find(Buffer.buffer("waits"));
    unknown.stop();
    Future<Optional<Credential>> late = unknown.find(Buffer.buffer("late"));
    next().fail("no connection");

    Await.until("all to end", () -> first.isComplete() && waits.isComplete());
    assertThat(first.failed()).isTrue();
    assertThat(waits.cause()).isInstanceOf(TooManyUnknownKeysException.class);
    assertThat(late.cause()).isInstanceOf(TooManyUnknownKeysException.class);
    assertNothingIsAsked();
  }

  private void assertNothingIsAsked() {
    Await.throughout("no connection is asked for", SEVERAL_PAUSES, asked::isEmpty);
  }

  private Promise<SqlConnection> next() throws InterruptedException {
    Promise<SqlConnection> next = asked.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a connection that is asked for").isNotNull();
    return next;
  }

  /** Gives a connection when the test does. */
  private Pool pool() {
    return (Pool)
        Proxy.newProxyInstance(
            StoppedKeysTest.class.getClassLoader(),
            new Class<?>[] {Pool.class},
            (proxy, method, arguments) -> {
              Promise<SqlConnection> connection = Promise.promise();
              asked.add(connection);
              return connection.future();
            });
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}
