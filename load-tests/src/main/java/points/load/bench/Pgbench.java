package points.load.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own load generator, calling the plain SQL accrual by a prepared statement. */
final class Pgbench implements AutoCloseable {
  private static final AtomicLong STREAMS = new AtomicLong(1_000);

  /** One in so many transactions is written to the log the percentiles come from. */
  private static final String LOGGED = "0.1";

  /** Of a failure, which every client tells in the same words. */
  private static final int LINES_SHOWN = 8;

  private final Path program;
  private final PgUri server;
  private final Path scratch;
  private volatile @Nullable Process running;

  Pgbench(Path program, PgUri server, Path scratch) {
    this.program = program;
    this.server = server;
    this.scratch = scratch;
  }

  /** Looks on the path, then where Debian keeps it, newest version first. */
  static Path find() {
    List<Path> candidates = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      candidates.add(Path.of(folder, "pgbench"));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted((a, b) -> b.compareTo(a))
            .forEach(version -> candidates.add(version.resolve("bin/pgbench")));
      } catch (IOException e) {
        throw new BenchmarkFailure("cannot look for pgbench in " + debian, e);
      }
    }
    return candidates.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new BenchmarkFailure(
                    "pgbench is missing. It comes with PostgreSQL: apt-get install postgresql"));
  }

  String version() {
    return run(List.of("--version")).strip();
  }

  /**
   * Runs for a second that is not counted and then for the given time.
   *
   * @param postmaster whose processor time counts as PostgreSQL's
   */
  Run run(int clients, int threads, long seconds, long postmaster) {
    try {
      Path script =
          Files.writeString(scratch.resolve("accrue.pgbench"), Database.resource("accrue.pgbench"));
      Path log = Files.createTempDirectory(scratch, "pgbench-log");
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("--no-vacuum", "-M", "prepared", "-f", script.toString()));
      arguments.addAll(List.of("-c", "" + clients, "-j", "" + threads, "-T", "" + (seconds + 1)));
      arguments.addAll(List.of("-P", "1", "-l", "--sampling-rate=" + LOGGED));
      arguments.add("--log-prefix=" + log.resolve("sample"));
      arguments.addAll(
          List.of("-D", "members=" + Plan.MEMBERS, "-D", "stores=" + Plan.STORES, "-D", "n=0"));
      arguments.addAll(List.of("-D", "base=" + STREAMS.getAndAdd(clients)));
      long self = ProcessHandle.current().pid();
      ProcessorUse before = use(postmaster, self);
      PgbenchReport report = PgbenchReport.parse(run(arguments));
      ProcessorUse use = use(postmaster, self).minus(before);
      Latency latency = PgbenchReport.latency(log);
      Scratch.delete(log);
      Measurement measurement =
          new Measurement(report.rate(), latency, use.per(report.transactions()), 0);
      return new Run(measurement, report.transactions());
    } catch (IOException e) {
      throw new BenchmarkFailure("pgbench: " + e.getMessage(), e);
    }
  }

  /** Ends it if it is running. */
  @Override
  public void close() {
    Process process = running;
    if (process != null) {
      process.destroy();
    }
  }

  /** A measurement, and how many accruals were acknowledged in all. */
  record Run(Measurement measurement, long acknowledged) {}

  private static ProcessorUse use(long postmaster, long self) {
    return new ProcessorUse(
        0, ProcessorTime.ofFamily(postmaster), ProcessorTime.ofEndedChildren(self));
  }

  private static String beginning(String output) {
    return output.lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(server.environment());
    try {
      Process process = builder.start();
      running = process;
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new BenchmarkFailure("pgbench ended with " + exit + ":\n" + beginning(output));
      }
      return output;
    } catch (IOException e) {
      throw new BenchmarkFailure("pgbench cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }
}
