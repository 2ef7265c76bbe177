package points.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection to the PostgreSQL under test, used only outside of measuring windows. */
final class Database implements AutoCloseable {
  private static final List<String> DURABILITY =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private static final List<String> REPORTED =
      List.of("wal_sync_method", "shared_buffers", "max_wal_size", "max_connections");

  /** Where the gateway keeps its entries, whichever schema it chose. */
  private static final String FIND_ENTRY_TABLE =
      """
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
      WHERE tablename = 'entry' AND schemaname NOT IN ('bench', 'pg_catalog', 'information_schema')
      """;

  private static final String FILL_MEMBERS =
      "INSERT INTO bench.member SELECT m::text, 0, 0 FROM generate_series(1, ?) AS m";

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  static Database open(PgUri uri) {
    try {
      return new Database(DriverManager.getConnection(uri.jdbcUrl(), uri.jdbcLogin()));
    } catch (SQLException e) {
      throw new BenchmarkFailure("cannot reach " + uri + ": " + e.getMessage(), e);
    }
  }

  String version() {
    return value("SHOW server_version");
  }

  /**
   * The settings a reader wants to know; refuses a server that may lose what it has acknowledged.
   */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : DURABILITY) {
      settings.put(name, value("SHOW " + name));
      if (!"on".equals(settings.get(name))) {
        throw new BenchmarkFailure(
            "%s is %s: nothing here would be durable".formatted(name, settings.get(name)));
      }
    }
    REPORTED.forEach(name -> settings.put(name, value("SHOW " + name)));
    return settings;
  }

  /** The process all server processes of this PostgreSQL are children of. */
  long postmaster() {
    return ProcessorTime.parentOf(Long.parseLong(value("SELECT pg_backend_pid()")));
  }

  /** How many entries the gateway has written. */
  long entriesOfGateway() {
    return Long.parseLong(value("SELECT count(*) FROM " + value(FIND_ENTRY_TABLE)));
  }

  /** How many entries the plain SQL way has written. */
  long entriesOfPlainSql() {
    return Long.parseLong(value("SELECT count(*) FROM bench.entry"));
  }

  /** Makes the plain SQL way afresh, in a schema of its own. */
  void installPlainSql(int members) {
    execute(resource("schema.sql"));
    try (PreparedStatement fill = connection.prepareStatement(FILL_MEMBERS)) {
      fill.setInt(1, members);
      fill.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
    execute("VACUUM ANALYZE bench.member");
  }

  void removePlainSql() {
    execute("DROP SCHEMA IF EXISTS bench CASCADE");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  static String resource(String name) {
    try (InputStream in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing in the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private String value(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new BenchmarkFailure("nothing was found by: " + sql.strip());
      }
      return rows.getString(1);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static BenchmarkFailure failure(SQLException e) {
    return new BenchmarkFailure("PostgreSQL: " + e.getMessage(), e);
  }
}
