package points.ledger.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Where the ledger's PostgreSQL is.
 *
 * @param uri {@code postgresql://user:password@host:port/database}
 */
public record Database(String uri) {

  /** How long the server lets a statement run: no caller waits much longer for its answer. */
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(3);

  /**
   * A connection of the pool on which nothing came for so long is closed. It may be idle, and is
   * made anew when needed; or the network has swallowed it, and it must not be used again.
   */
  private static final int SILENCE_SECONDS_MAX = 10;

  /**
   * @throws IllegalArgumentException if the URI is not one of PostgreSQL
   */
  public Database {
    try {
      PgConnectOptions.fromUri(uri);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "must be postgresql://user:password@host:port/database", e);
    }
  }

  /** For the client that does not block. */
  public PgConnectOptions connection() {
    return PgConnectOptions.fromUri(uri);
  }

  /** For migrations, which block. */
  public void migrate() {
    PgConnectOptions to = connection();
    String url =
        "jdbc:postgresql://%s:%d/%s?sslmode=%s"
            .formatted(to.getHost(), to.getPort(), to.getDatabase(), to.getSslMode().value);
    Migrations.apply(url, to.getUser(), to.getPassword());
  }

  /**
   * Connections for reading and for setting chains up; the lanes have their own.
   *
   * @param connectionsMax at most so many
   */
  public Pool pool(Vertx vertx, int connectionsMax) {
    PgConnectOptions options =
        connection()
            .setCachePreparedStatements(true)
            .addProperty("application_name", "points-reader")
            .addProperty("synchronous_commit", "on")
            .addProperty("statement_timeout", Long.toString(STATEMENT_TIMEOUT.toMillis()))
            .addProperty("enable_seqscan", "off")
            .addProperty("jit", "off");
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(connectionsMax)
            .setMaxWaitQueueSize(2_000)
            .setConnectionTimeout(0) // Connections has one: this now and then ends what has ended
            .setName("points-reader");
    var network =
        new NetClientOptions()
            .setReadIdleTimeout(SILENCE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return PgBuilder.pool().using(vertx).connectingTo(options).with(pool).with(network).build();
  }

  @Override
  public String toString() {
    PgConnectOptions to = connection();
    return to.getHost() + ":" + to.getPort() + "/" + to.getDatabase(); // never the password
  }
}
