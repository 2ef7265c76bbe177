package points.load.fault.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.load.fault.net.Host;
import points.load.process.Database;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * A real, durable PostgreSQL on a host of its own. PostgreSQL refuses to run as root, so it runs in
 * a user namespace without a root.
 */
public final class Postgres implements AutoCloseable {
  public static final int PORT = 5432;
  static final String USER = "points";
  static final String PASSWORD = "points-of-the-test";
  static final String DATABASE = "points";

  private static final String TIMEOUTS = "connectTimeout=3&socketTimeout=30&loginTimeout=5";
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final Path binaries;
  private final Path data;
  private final Host host;
  private final List<String> settings = new ArrayList<>();
  private @Nullable Process process;

  private Postgres(Path binaries, Path data, Host host) {
    this.binaries = binaries;
    this.data = data;
    this.host = host;
    for (String setting :
        List.of(
            "listen_addresses=*",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "shared_buffers=128MB",
            "wal_level=replica",
            "hot_standby=on",
            "restart_after_crash=on",
            "log_line_prefix=%m [%p] %a ",
            "timezone=UTC")) {
      settings.addAll(List.of("-c", setting));
    }
  }

  /** Makes an empty PostgreSQL without starting it. */
  public static Postgres create(Path scratch, Host host) {
    Postgres postgres =
        new Postgres(
            PostgresBinaries.unpack(scratch.resolveSibling("")),
            scratch.resolve(host.name()),
            host);
    try {
      Path password = Files.writeString(scratch.resolve("password"), PASSWORD);
      postgres.run(
          "initdb",
          "-D",
          postgres.data.toString(),
          "--encoding=UTF8",
          "--locale=C",
          "--username=" + USER,
          "--auth=scram-sha-256",
          "--pwfile=" + password,
          "--no-sync");
      String everyone =
          """
          host all all 10.77.0.0/24 scram-sha-256
          host replication all 10.77.0.0/24 scram-sha-256
          """;
      Files.writeString(postgres.data.resolve("pg_hba.conf"), everyone, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new HarnessException("PostgreSQL cannot be made", e);
    }
    return postgres;
  }

  /** Takes over a copied data directory. */
  Postgres(Postgres original, Path data, Host host) {
    this(original.binaries, data, host);
  }

  public Host host() {
    return host;
  }

  Path data() {
    return data;
  }

  /**
   * Starts it and waits until it accepts connections. After a kill, it may have to be started again
   * until the last server processes of the killed one have ended.
   */
  public void start() {
    launch();
    Shell.await(
        () -> "PostgreSQL on " + host.name() + " did not start, see " + log(),
        START_MAX,
        () -> {
          boolean accepts = acceptsConnections();
          if (!accepts && !isAlive()) {
            launch();
          }
          return accepts;
        });
  }

  private void launch() {
    List<String> command = command("postgres", "-D", data.toString());
    command.addAll(settings);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(host.on(command))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      process = builder.start();
    } catch (IOException e) {
      throw new HarnessException("PostgreSQL cannot be started", e);
    }
  }

  /** Kills the postmaster; all server processes notice and end. */
  public void kill() {
    running().destroyForcibly();
    Shell.awaitEnd(running());
  }

  /** Stops at once without a checkpoint; the next start recovers from the write-ahead log. */
  public void stopImmediately() {
    run("pg_ctl", "stop", "-D", data.toString(), "-m", "immediate");
    Shell.awaitEnd(running());
  }

  /**
   * Kills a server process of a lane, one that runs a batch if there is one. PostgreSQL then ends
   * all server processes and recovers.
   */
  public void killBackend() {
    Shell.await(
        () -> "no lane is connected",
        START_MAX,
        () -> {
          Optional<String> lane = lane();
          lane.map(Long::valueOf).ifPresent(Signal.KILL::to);
          return lane.isPresent();
        });
  }

  private Optional<String> lane() {
    try {
      return database(DATABASE)
          .value(
              """
              SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'points-lane/%'
               ORDER BY state = 'active' DESC, query_start DESC LIMIT 1
              """);
    } catch (HarnessException e) {
      return Optional.empty(); // PostgreSQL may still recover
    }
  }

  /** Executes a statement and ignores its result. */
  public void execute(String sql) {
    database(DATABASE).execute(sql);
  }

  /** A connection of the test itself. */
  public Connection connect() throws SQLException {
    return database(DATABASE).connect();
  }

  /** The URI of the database at another address. */
  public static String uri(String address, int port) {
    return new Database(address, port, DATABASE, USER, PASSWORD, TIMEOUTS).uri();
  }

  /** The URI of several servers, of which one accepts writes. */
  public static String uri(List<Host> hosts) {
    String addresses =
        hosts.stream().map(host -> host.address() + ":" + PORT).collect(Collectors.joining(","));
    return "postgresql://%s:%s@%s/%s".formatted(USER, PASSWORD, addresses, DATABASE);
  }

  /** The URI of the database. */
  public String uri() {
    return uri(host.address(), PORT);
  }

  /** Makes the database that gateways use. */
  public void createDatabase() {
    database("postgres").execute("CREATE DATABASE " + DATABASE);
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }

  private Database database(String name) {
    return new Database(host.address(), PORT, name, USER, PASSWORD, TIMEOUTS);
  }

  private boolean acceptsConnections() {
    try (Connection connection = database("postgres").connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false; // not yet
    }
  }

  void run(String program, String... arguments) {
    Shell.run(command(program, arguments));
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("unshare", "--user"));
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  private Process running() {
    if (process == null) {
      throw new HarnessException("PostgreSQL on " + host.name() + " was never started");
    }
    return process;
  }
}
