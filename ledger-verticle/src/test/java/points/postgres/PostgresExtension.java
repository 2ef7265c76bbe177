package points.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests of the JVM, kept below {@code target} from run to run; one database for
 * each test class that asks.
 */
final class PostgresExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);
  private static final String PREFIX = "test_";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Server server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
    ExtensionContext owner = outermostClass(context);
    return owner
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            Database.class,
            key -> server.create(owner.getRequiredTestClass().getSimpleName()),
            Database.class)
        .description();
  }

  private static ExtensionContext outermostClass(ExtensionContext context) {
    ExtensionContext outermost = context;
    Optional<ExtensionContext> parent = outermost.getParent();
    while (parent.isPresent() && parent.get() != context.getRoot()) {
      outermost = parent.get();
      parent = outermost.getParent();
    }
    return outermost;
  }

  /** Closed by the store that it is in, when the last test of the JVM has ended. */
  private record Server(LocalPostgres postgres, AtomicInteger databases) implements AutoCloseable {
    static Server start() {
      Server server =
          new Server(LocalPostgres.start(Path.of("target", "postgres")), new AtomicInteger());
      server.dropLeftovers();
      return server;
    }

    /** What a run that was killed left behind. */
    private void dropLeftovers() {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
          while (rows.next()) {
            names.add(rows.getString(1));
          }
        }
        for (String name : names) {
          if (name.startsWith(PREFIX)) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException("leftover test databases cannot be dropped", e);
      }
    }

    Database create(String testClass) {
      String words = testClass.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
      String name = PREFIX + databases.incrementAndGet() + "_" + words;
      name = name.substring(0, Math.min(name.length(), 63));
      execute("CREATE DATABASE " + name);
      String uri = postgres.uri().replaceFirst("/[^/]*$", "/" + name);
      String jdbcUrl = postgres.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
      return new Database(
          this,
          new TestDatabase(
              name, uri, jdbcUrl, postgres.user(), postgres.password(), postgres.port()));
    }

    private void execute(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  /** Closed by the store of its test class, before the server is. */
  private record Database(Server server, TestDatabase description) implements AutoCloseable {
    @Override
    public void close() {
      server.execute("DROP DATABASE " + description.name() + " WITH (FORCE)");
    }
  }
}
