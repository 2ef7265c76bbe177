package points.load.bench.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.commons.io.FileUtils;
import points.load.bench.process.Postgres;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** PostgreSQL's own load generator, calling the plain SQL accrual by a prepared statement. */
public final class Pgbench {
  /** The next client's number, which no other client has: order ids are made of it. */
  private static final AtomicLong STREAMS = new AtomicLong(1_000);

  /** The share of transactions in the log from which the percentiles come. */
  private static final String LOGGED = "0.1";

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
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(folder -> Path.of(folder, "pgbench"));
    File[] versions = new File("/usr/lib/postgresql").listFiles();
    Stream<Path> ofDebian =
        Stream.of(versions == null ? new File[0] : versions)
            .sorted(Comparator.reverseOrder())
            .map(version -> version.toPath().resolve("bin/pgbench"));
    return Stream.concat(onPath, ofDebian)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new HarnessException(
                    "pgbench is missing. It comes with PostgreSQL: apt-get install postgresql"));
  }

  public String version() {
    return output(List.of("--version"));
  }

  /** Runs for a second that does not count and then for the given time. */
  public Measurement run(int clients, int threads, long seconds) {
    try {
      Path script =
          Files.writeString(scratch.resolve("accrue.pgbench"), Postgres.resource("accrue.pgbench"));
      Path log = Files.createTempDirectory(scratch, "pgbench-log");
      String options =
          "--no-vacuum -M prepared -P 1 -l --sampling-rate=%s -c %d -j %d -T %d -D members=%d -D stores=%d -D n=0 -D base=%d"
              .formatted(
                  LOGGED,
                  clients,
                  threads,
                  seconds + 1,
                  MemberShape.PLAIN.members(),
                  MemberShape.PLAIN.stores(),
                  STREAMS.getAndAdd(clients));
      List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
      arguments.addAll(List.of("-f", script.toString(), "--log-prefix=" + log.resolve("sample")));
      ProcessorTime before = use();
      String output = output(arguments);
      ProcessorTime use = use().minus(before);
      long transactions = transactions(output);
      Histogram latencyUs = latencyUs(log);
      FileUtils.deleteQuietly(log.toFile());
      return new Measurement(rate(output), latencyUs, use.per(transactions), transactions, 0);
    } catch (IOException e) {
      throw new HarnessException("pgbench", e);
    }
  }

  /** Returns the number of all transactions, those of the first second too. */
  static long transactions(String output) {
    Matcher transactions = TRANSACTIONS.matcher(output);
    if (!transactions.find() || FAILED.matcher(output).find()) {
      throw new HarnessException("pgbench did not run through:\n" + output);
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
        .orElseThrow(() -> new HarnessException("pgbench did not run through:\n" + output));
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
    return Shell.run(command, postgres.environment());
  }
}
