package points.load.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.IOUtils;
import points.load.process.Database;
import points.load.process.HarnessException;

/** The PostgreSQL that a gateway started for itself; queried only outside of measuring windows. */
public record PackagedPostgres(Database database) {
  /** Long ones: the machine is busy, and the tables are large after a long run. */
  private static final String TIMEOUTS = "loginTimeout=60&socketTimeout=600";

  private static final String NAME = "points"; // of the user and of the database

  /** A server process that does not end before PostgreSQL. */
  private static final String CHECKPOINTER =
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";

  private static final String NOT_DURABLE =
      """
      SELECT string_agg(name || ' is ' || current_setting(name), ', ')
      FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes']) AS name
      WHERE current_setting(name) <> 'on'
      """;

  private static final String SETTINGS =
      """
      SELECT string_agg('`' || name || '=' || current_setting(name) || '`', ', ' ORDER BY place)
      FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method',
        'shared_buffers', 'max_wal_size', 'max_connections']) WITH ORDINALITY AS it (name, place)
      """;

  /** Finds the table of the gateway's entries, in whichever schema it is. */
  private static final String ENTRY_TABLE =
      """
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
      WHERE tablename = 'entry' AND schemaname NOT IN ('bench', 'pg_catalog', 'information_schema')
      """;

  /** Finds the PostgreSQL of the gateway with that data directory. */
  static PackagedPostgres in(Path dataDirectory) throws IOException {
    Path folder = dataDirectory.resolve("postgres");
    int port = Integer.parseInt(Files.readString(folder.resolve("port")).strip());
    String password = Files.readString(folder.resolve("password")).strip();
    return new PackagedPostgres(new Database("127.0.0.1", port, NAME, NAME, password, TIMEOUTS));
  }

  /** Returns the variables by which PostgreSQL's own programs find it. */
  public Map<String, String> environment() {
    return Map.of(
        "PGHOST", database.address(),
        "PGPORT", Integer.toString(database.port()),
        "PGUSER", NAME,
        "PGPASSWORD", database.password(),
        "PGDATABASE", NAME);
  }

  /** Returns version and settings; refuses a server that may lose acknowledged writes. */
  public String settings() {
    database
        .value(NOT_DURABLE)
        .ifPresent(
            setting -> {
              throw new HarnessException(setting + ": nothing here would be durable");
            });
    return database.value("SHOW server_version").orElseThrow()
        + "; "
        + database.value(SETTINGS).orElseThrow();
  }

  /** Returns the pid of the process whose children are all server processes. */
  public long postmaster() {
    return ProcessHandle.of(database.number(CHECKPOINTER))
        .flatMap(ProcessHandle::parent)
        .orElseThrow(() -> new HarnessException("PostgreSQL runs in another namespace"))
        .pid();
  }

  /** Returns the number of entries that gateways have written. */
  public long entriesOfGateway() {
    return database.number("SELECT count(*) FROM " + database.value(ENTRY_TABLE).orElseThrow());
  }

  /** Returns the number of entries that were written by plain SQL. */
  public long entriesOfPlainSql() {
    return database.number("SELECT count(*) FROM bench.entry");
  }

  /** Makes the tables and the function of the plain SQL accrual, in a schema of their own. */
  public void installPlainSql(int members) {
    database.execute(resource("schema.sql"));
    database.execute(
        "INSERT INTO bench.member SELECT m::text, 0, 0 FROM generate_series(1, %d) m"
            .formatted(members));
    database.execute("VACUUM ANALYZE bench.member");
  }

  /** Reads a file of the benchmark from this module's jar. */
  public static String resource(String name) {
    try {
      return IOUtils.resourceToString("/points/load/bench/" + name, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new HarnessException("missing in the jar", e);
    }
  }
}
