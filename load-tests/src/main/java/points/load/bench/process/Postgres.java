package points.load.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.IOUtils;
import points.load.process.HarnessException;

/** The PostgreSQL that a gateway started for itself; queried only outside of measuring windows. */
public final class Postgres implements AutoCloseable {
  private static final String NAME = "points"; // of the user and of the database

  private static final List<String> REPORTED =
      List.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_sync_method",
          "shared_buffers",
          "max_wal_size",
          "max_connections");

  /** The number of settings at the beginning that have to be on. */
  private static final int DURABILITY = 3;

  /** Finds the table of the gateway's entries, in whichever schema it is. */
  private static final String ENTRY_TABLE =
      """
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
      WHERE tablename = 'entry' AND schemaname NOT IN ('bench', 'pg_catalog', 'information_schema')
      """;

  private final String port;
  private final String password;
  private final Connection connection;

  private Postgres(String port, String password) throws SQLException {
    this.port = port;
    this.password = password;
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    connection = DriverManager.getConnection(url, NAME, password);
  }

  /** Connects to the PostgreSQL of the gateway with that data directory. */
  public static Postgres in(Path dataDirectory) {
    Path folder = dataDirectory.resolve("postgres");
    try {
      return new Postgres(
          Files.readString(folder.resolve("port")).strip(),
          Files.readString(folder.resolve("password")).strip());
    } catch (IOException | SQLException e) {
      throw new HarnessException("no connection to the PostgreSQL in " + folder, e);
    }
  }

  /** Returns the URI for other gateways; it contains the password and belongs into no log. */
  public String uri() {
    return "postgresql://%s:%s@127.0.0.1:%s/%s".formatted(NAME, password, port, NAME);
  }

  /** Returns the variables by which PostgreSQL's own programs find it. */
  public Map<String, String> environment() {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", port,
        "PGUSER", NAME,
        "PGPASSWORD", password,
        "PGDATABASE", NAME);
  }

  public String version() {
    return value("SHOW server_version");
  }

  /** Returns the settings worth reporting; refuses a server that may lose acknowledged writes. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    REPORTED.forEach(name -> settings.put(name, value("SHOW " + name)));
    for (String name : REPORTED.subList(0, DURABILITY)) {
      if (!"on".equals(settings.get(name))) {
        throw new HarnessException(
            "%s is %s: nothing here would be durable".formatted(name, settings.get(name)));
      }
    }
    return settings;
  }

  /** Returns the pid of the process whose children are all server processes. */
  public long postmaster() {
    return ProcessHandle.of(Long.parseLong(value("SELECT pg_backend_pid()")))
        .flatMap(ProcessHandle::parent)
        .orElseThrow(() -> new HarnessException("PostgreSQL runs in another namespace"))
        .pid();
  }

  /** Returns the number of entries that gateways have written. */
  public long entriesOfGateway() {
    return Long.parseLong(value("SELECT count(*) FROM " + value(ENTRY_TABLE)));
  }

  /** Returns the number of entries that were written by plain SQL. */
  public long entriesOfPlainSql() {
    return Long.parseLong(value("SELECT count(*) FROM bench.entry"));
  }

  /** Makes the tables and the function of the plain SQL accrual, in a schema of their own. */
  public void installPlainSql(int members) {
    execute(resource("schema.sql"));
    execute(
        "INSERT INTO bench.member SELECT m::text, 0, 0 FROM generate_series(1, " + members + ") m");
    execute("VACUUM ANALYZE bench.member");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads a file of the benchmark from this module's jar. */
  public static String resource(String name) {
    try {
      return IOUtils.resourceToString("/points/load/bench/" + name, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new HarnessException("missing in the jar", e);
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new HarnessException("PostgreSQL", e);
    }
  }

  private String value(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new HarnessException("PostgreSQL, " + sql.strip(), e);
    }
  }
}
