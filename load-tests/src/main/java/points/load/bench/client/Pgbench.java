package points.load.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.commons.io.FileUtils;
import points.load.bench.process.BenchmarkException;
import points.load.bench.process.Postgres;
import points.load.bench.process.ProcessorTime;

/** PostgreSQL's own load generator, calling the plain SQL accrual by a prepared statement. */
public final class Pgbench {
  /** The next client's number, which no other client has: order ids are made of it. */
  private static final AtomicLong STREAMS = new AtomicLong(1_000);

  /** The share of transactions in the log from which the percentiles come. */
  private static final String LOGGED = "0.1";

  /** Lines shown of a failed run, in which every client says the same. */
  private static final int LINES_SHOWN = 8;

  private static final Pattern PROGRESS =
      Pattern.compile("^progress: [0-9.]+ s, ([0-9.]+) tps", Pattern.MULTILINE);

  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: (\\d+)");

  private static final Pattern FAILED =
      Pattern.compile("number of failed transactions: [1-9]|aborted");

  private final Path program = find();
  private final Postgres postgres;
  private final Path scratch;
  private final long postmaster;

  public Pgbench(Postgres postgres, Path scratch) {
    this.postgres = postgres;
    this.scratch = scratch;
    this.postmaster = postgres.postmaster();
  }

  /** Looks on the path, then where Debian keeps it, newest version first; fails without it. */
  public static Path find() {
    List<Path> candidates = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      candidates.add(Path.of(folder, "pgbench"));
    }
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      versions
          .sorted((a, b) -> b.compareTo(a))
          .forEach(version -> candidates.add(version.resolve("bin/pgbench")));
    } catch (IOException e) {
      // Not Debian, or no PostgreSQL.
    }
    return candidates.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new BenchmarkException(
                    "pgbench is missing. It comes with PostgreSQL: apt-get install postgresql"));
  }

  public String version() {
    return output(List.of("--version")).strip();
  }

  /** Runs for a second that does not count and then for the given time. */
  public Measurement run(int clients, int threads, long seconds) {
    try {
      Path script =
          Files.writeString(scratch.resolve("accrue.pgbench"), Postgres.resource("accrue.pgbench"));
      Path log = Files.createTempDirectory(scratch, "pgbench-log");
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("--no-vacuum", "-M", "prepared", "-f", script.toString()));
      arguments.addAll(List.of("-c", "" + clients, "-j", "" + threads, "-T", "" + (seconds + 1)));
      arguments.addAll(List.of("-P", "1", "-l", "--sampling-rate=" + LOGGED));
      arguments.add("--log-prefix=" + log.resolve("sample"));
      arguments.addAll(List.of("-D", "members=" + MemberShape.PLAIN.members()));
      arguments.addAll(List.of("-D", "stores=" + MemberShape.PLAIN.stores(), "-D", "n=0"));
      arguments.addAll(List.of("-D", "base=" + STREAMS.getAndAdd(clients)));
      ProcessorTime before = use();
      String output = output(arguments);
      ProcessorTime use = use().minus(before);
      long transactions = transactions(output);
      Histogram latencyUs = latencyUs(log);
      FileUtils.deleteQuietly(log.toFile());
      return new Measurement(rate(output), latencyUs, use.per(transactions), transactions, 0);
    } catch (IOException e) {
      throw new BenchmarkException("pgbench", e);
    }
  }

  /** Returns the number of all transactions, those of the first second too. */
  static long transactions(String output) {
    Matcher transactions = TRANSACTIONS.matcher(output);
    if (!transactions.find() || FAILED.matcher(output).find()) {
      throw new BenchmarkException("pgbench did not run through:\n" + output);
    }
    return Long.parseLong(transactions.group(1));
  }

  /** Returns the transactions per second after the first second. */
  static double rate(String output) {
    return PROGRESS
        .matcher(output)
        .results()
        .skip(1)
        .mapToDouble(second -> Double.parseDouble(second.group(1)))
        .average()
        .orElseThrow(() -> new BenchmarkException("pgbench did not run through:\n" + output));
  }

  /** Reads the logs of a folder, in which the third column is a latency in microseconds. */
  static Histogram latencyUs(Path folder) throws IOException {
    Histogram latencyUs = new Histogram(3);
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          lines.forEach(line -> latencyUs.recordValue(Long.parseLong(line.split(" ", 4)[2])));
        }
      }
    }
    return latencyUs;
  }

  /** The time of pgbench itself shows when it has ended, as that of a child. */
  private ProcessorTime use() {
    long self = ProcessHandle.current().pid();
    return new ProcessorTime(
        0, ProcessorTime.ofFamily(postmaster), ProcessorTime.ofEndedChildren(self));
  }

  private String output(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(postgres.environment());
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        String beginning = output.lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
        throw new BenchmarkException("pgbench ended with " + exit + ":\n" + beginning);
      }
      return output;
    } catch (IOException e) {
      throw new BenchmarkException("pgbench cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }
}
