package points.ledger.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's PostgreSQL: one server, or several of which one writes and the others stand by.
 *
 * <p>All connections of a node go to the same one; when a lane finds that it does not write, the
 * next is tried.
 */
public final class Database {

  /**
   * Longest time that the server lets a statement run: no caller waits much longer for its answer.
   */
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(3);

  /**
   * A connection of the pool on which nothing came for so long is closed. It may be idle, and is
   * made anew when needed; or the network has swallowed it, and it must not be used again.
   */
  private static final int SILENCE_SECONDS_MAX = 10;

  /** The pool gives up an idle connection before its silence ends it, perhaps in a user's hands. */
  private static final int IDLE_SECONDS_MAX = 5;

  private static final Pattern FORM =
      Pattern.compile(
          "(?<login>postgres(ql)?://([^@/]*@)?)(?<hosts>[^/?,]+(,[^/?,]+)*)(?<path>/[^?]*)?([?](?<query>.*))?");

  private final List<PgConnectOptions> servers;
  private final Encryption encryption;
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicReference<@Nullable String> history = new AtomicReference<>();

  /**
   * @param uri {@code postgresql://user:password@host:port,host:port/database}, with {@code
   *     ?sslmode=…&sslrootcert=…} where the way to the server is to be encrypted
   * @throws IllegalArgumentException if the URI is not one of PostgreSQL, or has a parameter of
   *     encryption that cannot be used; the message does not hold the password
   */
  public Database(String uri) {
    try {
      Matcher parts = FORM.matcher(uri);
      if (!parts.matches()) {
        throw new IllegalArgumentException("no login, host and database");
      }
      String query = Objects.requireNonNullElse(parts.group("query"), "");
      this.encryption = Encryption.of(query);
      this.servers = servers(parts, Encryption.without(query), encryption);
    } catch (Encryption.UnusableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "must be postgresql://user:password@host:port/database, or several host:port with"
              + " commas between",
          e);
    }
  }

  private static List<PgConnectOptions> servers(
      Matcher parts, String query, Encryption encryption) {
    String path = Objects.requireNonNullElse(parts.group("path"), "");
    String rest = query.isEmpty() ? path : path + "?" + query;
    return Arrays.stream(parts.group("hosts").split(",", -1))
        .map(host -> PgConnectOptions.fromUri(parts.group("login") + host + rest))
        .map(encryption::applyTo)
        .toList();
  }

  /** For the client that does not block: to the server that is taken to write. */
  public PgConnectOptions connection() {
    return new PgConnectOptions(servers.get(current.get()));
  }

  /** The server of these options could not be reached, or does not write: the next is tried. */
  public void pass(PgConnectOptions tried) {
    int at = current.get();
    PgConnectOptions taken = servers.get(at);
    if (taken.getHost().equals(tried.getHost()) && taken.getPort() == tried.getPort()) {
      current.compareAndSet(at, (at + 1) % servers.size());
    }
  }

  /**
   * Returns whether nodes may remember states that are ahead of the database.
   *
   * <p>They may if the database continues from another history than the one that this node knows.
   * The first history that a node sees is never another.
   *
   * @param timeline of the server that writes; each promotion and each restore begins a new one
   */
  public boolean isOtherHistory(String timeline) {
    history.compareAndSet(null, timeline);
    return !timeline.equals(history.get());
  }

  /** Accepts a history. States remembered from another one must have been forgotten. */
  public void acceptHistory(String timeline) {
    history.set(timeline);
  }

  /**
   * Brings the schema up to date on the server that writes. Blocks.
   *
   * @throws RuntimeException if none can be reached that writes
   */
  public void migrate() {
    for (int tries = 1; ; tries++) {
      PgConnectOptions to = connection();
      try {
        Migrations.apply(jdbcUrl(to), to.getUser(), to.getPassword());
        return;
      } catch (RuntimeException e) {
        if (tries == servers.size()) {
          throw e;
        }
        pass(to);
      }
    }
  }

  /**
   * A session that may take its time, for a look at everything; on the server that writes. Blocks.
   *
   * @param name by which the database knows it
   */
  public Connection connect(String name) throws SQLException {
    for (int tries = 1; ; tries++) {
      PgConnectOptions to = connection();
      var properties = new Properties();
      properties.setProperty("user", to.getUser());
      properties.setProperty("password", to.getPassword());
      properties.setProperty("ApplicationName", name);
      properties.setProperty("connectTimeout", "10");
      properties.setProperty("tcpKeepAlive", "true");
      try {
        return DriverManager.getConnection(jdbcUrl(to), properties);
      } catch (SQLException e) {
        if (tries == servers.size()) {
          throw e;
        }
        pass(to);
      }
    }
  }

  /** No connection to a server that stands by: its tables may be the same, and old. */
  private String jdbcUrl(PgConnectOptions to) {
    return "jdbc:postgresql://%s:%d/%s?%s&targetServerType=primary"
        .formatted(to.getHost(), to.getPort(), to.getDatabase(), encryption.jdbcParameters());
  }

  /**
   * Connections for reading and for setting chains up; the lanes have their own.
   *
   * @param connectionsMax at most so many
   */
  public Pool pool(Vertx vertx, int connectionsMax) {
    return pool(vertx, "points-reader", connectionsMax);
  }

  /**
   * Likewise.
   *
   * @param name by which metrics and the database know them
   */
  Pool pool(Vertx vertx, String name, int connectionsMax) {
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(connectionsMax)
            .setMaxWaitQueueSize(2_000)
            .setConnectionTimeout(
                0) // PgClient has one; the pool's own sometimes fails a request that has ended
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setName(name);
    var network =
        new NetClientOptions()
            .setReadIdleTimeout(SILENCE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(() -> Future.succeededFuture(reader(name)))
        .with(pool)
        .with(network)
        .build();
  }

  private PgConnectOptions reader(String name) {
    return connection()
        .setCachePreparedStatements(true)
        .addProperty("application_name", name)
        .addProperty("synchronous_commit", "on")
        .addProperty("statement_timeout", Long.toString(STATEMENT_TIMEOUT.toMillis()))
        .addProperty("enable_seqscan", "off")
        .addProperty("jit", "off");
  }

  /** Never the password. */
  @Override
  public String toString() {
    return servers.stream()
        .map(it -> it.getHost() + ":" + it.getPort() + "/" + it.getDatabase())
        .collect(Collectors.joining(","));
  }
}
