package points.load.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What three nodes on one machine cost beside one that is alone. Writes a page of its own. */
@Command(
    name = "load-tests/bench-cluster",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Measures three nodes on this machine beside one, and the death of one of them.")
public final class ClusterBench implements Callable<Integer> {
  private static final int CONNECTIONS = 255;

  @Option(names = "--rounds", description = "how often everything is measured (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--seconds", description = "length of a measurement (${DEFAULT-VALUE})")
  private int seconds = 6;

  @Option(names = "--warm-up", description = "seconds of load before, each (${DEFAULT-VALUE})")
  private int warmUp = 16;

  @Option(names = "--repository", hidden = true, required = true)
  private Path repository = Path.of(".");

  private final Map<String, List<Measurement>> results = new LinkedHashMap<>();

  /** Ends the process with 0, with 1 after a failure, or with 2 on bad arguments. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new ClusterBench());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof BenchmarkFailure) {
            line.getErr().println("bench-cluster: " + failure.getMessage());
          } else {
            failure.printStackTrace(line.getErr());
          }
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() {
    if (rounds < 1 || seconds < 1 || warmUp < 2) {
      throw new BenchmarkFailure("--rounds and --seconds from 1, --warm-up from 2");
    }
    Path scratch = Scratch.empty(repository.resolve("load-tests/target/bench-cluster"));
    Path script = repository.resolve("gateway/run");
    try (Ending ending = new Ending()) {
      GatewayProcess alone =
          ending.last(GatewayProcess.start(script, Scratch.empty(scratch.resolve("alone"))));
      ClusterNodes cluster = ending.last(ClusterNodes.start(script, scratch));
      Contender one = Contender.alone(alone, ending);
      Contender three = Contender.of(cluster, ending);
      for (Contender contender : List.of(one, three)) {
        System.out.println("warming up: " + contender.name());
        contender.open();
        contender.run(Plan.PROMOTION_DAY, CONNECTIONS, Duration.ofSeconds(warmUp));
        contender.run(Plan.ACCRUALS, CONNECTIONS, Duration.ofSeconds(warmUp));
      }
      for (int round = 1; round <= rounds; round++) {
        measure(one);
        measure(three);
      }
      String where = "points_route_commands_total{where=\"%s\"}";
      long local = cluster.counted(where.formatted("local"));
      long forwarded = cluster.counted(where.formatted("forwarded"));
      Takeover takeover = Takeover.measure(cluster, three.population());
      write(
          repository.resolve("docs/benchmarks-cluster.md"),
          (double) local / (local + forwarded),
          takeover);
    }
    return 0;
  }

  private void measure(Contender contender) {
    measure(contender, "accruals", Plan.ACCRUALS);
    measure(contender, "promotion day", Plan.PROMOTION_DAY);
    measure(contender, "balance reads", Plan.READS);
  }

  private void measure(Contender contender, String what, Workload workload) {
    Measurement measured = contender.run(workload, CONNECTIONS, Duration.ofSeconds(seconds));
    System.out.println(
        "  %s, %s: %s/s".formatted(contender.name(), what, Tables.whole(measured.rate())));
    results.computeIfAbsent(contender.name() + "|" + what, none -> new ArrayList<>()).add(measured);
  }

  private void write(Path page, double local, Takeover takeover) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "nodes",
            "what",
            "per second (range)",
            "p50 ms",
            "p99 ms",
            "gateways µs",
            "PostgreSQL µs",
            "client µs"));
    results.forEach(
        (series, measured) -> {
          Spread rate = spread(measured, Measurement::rate);
          rows.add(
              List.of(
                  series.substring(0, series.indexOf('|')),
                  series.substring(series.indexOf('|') + 1),
                  "%s (%s–%s)"
                      .formatted(
                          Tables.whole(rate.median()),
                          Tables.whole(rate.least()),
                          Tables.whole(rate.most())),
                  figure(measured, m -> m.latency().p50()),
                  figure(measured, m -> m.latency().p99()),
                  figure(measured, m -> m.use().server()),
                  figure(measured, m -> m.use().postgres()),
                  figure(measured, m -> m.use().client())));
        });
    String text =
        ClusterPage.text(
            LocalDate.now(ZoneOffset.UTC),
            new ClusterPage.Method(rounds, seconds, warmUp, CONNECTIONS),
            Tables.table(rows),
            local,
            takeover);
    System.out.println("\n" + text);
    BenchmarksPage.write(page, text);
  }

  private static String figure(List<Measurement> measured, ToDoubleFunction<Measurement> figure) {
    return "%.1f".formatted(spread(measured, figure).median());
  }

  private static Spread spread(List<Measurement> measured, ToDoubleFunction<Measurement> figure) {
    return Spread.of(measured.stream().mapToDouble(figure).toArray());
  }

  /** What ids of this run begin with. */
  static String newRun() {
    return "c" + Long.toString(Instant.now().toEpochMilli(), 36);
  }
}
