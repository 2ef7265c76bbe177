package points.load.bench.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.commons.io.FileUtils;
import points.load.bench.process.PackagedPostgres;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;
import points.load.process.Shell;

/**
 * PostgreSQL's own load generator, calling the plain SQL accrual by a prepared statement.
 *
 * @param scratch a folder for script and logs
 * @param postmaster the pid of the process whose children are all server processes
 */
public record Pgbench(Path program, PackagedPostgres postgres, Path scratch, long postmaster) {
  /** The next client's number, which no other client has: order ids are made of it. */
  private static final AtomicLong CLIENTS = new AtomicLong(1_000);

  /** The factor of the length of the one further try, after a time without a transaction. */
  private static final int LONGER = 5;

  private static final int NEWEST_VERSION = 30;

  private static final Pattern PROGRESS =
      Pattern.compile("^progress: [0-9.]+ s, ([0-9.]+) tps", Pattern.MULTILINE);

  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: (\\d+)");

  private static final Pattern FAILED =
      Pattern.compile("number of failed transactions: [1-9]|aborted");

  /** Looks on the path, then where Debian keeps it, newest version first; fails without it. */
  public static Path find() {
    Stream<String> ofDebian =
        IntStream.iterate(NEWEST_VERSION, version -> version > 9, version -> version - 1)
            .mapToObj("/usr/lib/postgresql/%d/bin"::formatted);
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), ofDebian)
        .map(folder -> Path.of(folder, "pgbench"))
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

  /**
   * Runs for a second that does not count and then for the given time. On a busy machine, that may
   * pass without a transaction: then a longer time is measured, once.
   */
  public Measurement run(int clients, int threads, long seconds) {
    long before = postgres.entriesOfPlainSql();
    Measurement measured =
        firstThatDoesAnything(
            "pgbench with %d clients and %d threads".formatted(clients, threads),
            List.of(seconds, LONGER * seconds),
            time -> once(clients, threads, time));
    return measured.requireWritten(postgres.entriesOfPlainSql() - before);
  }

  static Measurement firstThatDoesAnything(
      String step, List<Long> seconds, LongFunction<Measurement> tries) {
    long written = 0;
    for (long time : seconds) {
      Measurement it = tries.apply(time);
      written += it.written();
      if (it.rate() > 0) {
        return new Measurement(it.rate(), it.latencyUs(), it.use(), written, it.refused());
      }
    }
    throw new HarnessException(step + " did nothing in " + seconds + " s: the machine is too busy");
  }

  private Measurement once(int clients, int threads, long seconds) {
    try {
      Path script =
          Files.writeString(
              scratch.resolve("accrue.pgbench"), PackagedPostgres.resource("accrue.pgbench"));
      Path log = Files.createTempDirectory(scratch, "pgbench-log");
      // The percentiles come from a tenth of the transactions.
      String options =
          """
          --no-vacuum -M prepared -P 1 -l --sampling-rate=0.1 -c %d -j %d -T %d \
          -D members=%d -D stores=%d -D n=0 -D base=%d\
          """
              .formatted(
                  clients,
                  threads,
                  seconds + 1,
                  MemberShape.PLAIN.members(),
                  MemberShape.PLAIN.stores(),
                  CLIENTS.getAndAdd(clients));
      List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
      arguments.addAll(List.of("-f", script.toString(), "--log-prefix=" + log.resolve("sample")));
      ProcessorTime before = use();
      String output = output(arguments);
      ProcessorTime use = use().minus(before);
      long transactions = transactions(output);
      Histogram latencyUs = latencyUs(log);
      FileUtils.deleteQuietly(log.toFile());
      ProcessorTime each = use.per(Math.max(1, transactions));
      return new Measurement(rate(output), latencyUs, each, transactions, 0);
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

  /** Returns the transactions per second after the first second; 0 without any. */
  static double rate(String output) {
    return PROGRESS
        .matcher(output)
        .results()
        .skip(1)
        .mapToDouble(second -> Double.parseDouble(second.group(1)))
        .average()
        .orElse(0);
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
