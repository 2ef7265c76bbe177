package points.load.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark's command: prints its tables and writes the page of results. */
@Command(
    name = "load-tests/bench",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description =
        "Measures the gateway beside what PostgreSQL does by plain SQL and what a bare server"
            + " does.")
public final class Bench implements Callable<Integer> {
  @Option(names = "--rounds", description = "how often everything is measured (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--seconds", description = "length of a measurement (${DEFAULT-VALUE})")
  private int seconds = 8;

  @Option(names = "--warm-up", description = "seconds of load before (${DEFAULT-VALUE})")
  private int warmUp = 16;

  @Option(names = "--quick", description = "one short round; the page goes below target")
  private boolean quick;

  @Option(names = "--client-threads", description = "that send requests (${DEFAULT-VALUE})")
  private int clientThreads = 1;

  @Option(names = "--url", description = "of a gateway that runs on this machine already")
  private @Nullable URI url;

  @Option(names = "--key", description = "an API key of that gateway, of role admin or operator")
  private @Nullable String key;

  @Option(
      names = "--pg-uri",
      description = "postgresql://user:password@host:port/database of that gateway")
  private @Nullable String pgUri;

  @Option(names = "--repository", hidden = true, required = true)
  private Path repository = Path.of(".");

  /**
   * Ends the process with 0, with 1 after a failure that the message names, or with 2 on bad
   * arguments.
   */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Bench());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof BenchmarkFailure) {
            line.getErr().println("bench: " + failure.getMessage());
          } else {
            failure.printStackTrace(line.getErr());
          }
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() {
    if (quick) {
      rounds = 1;
      seconds = 2;
      warmUp = 4;
    }
    if (rounds < 1 || seconds < 1 || warmUp < 2 || clientThreads < 1) {
      throw new BenchmarkFailure(
          "--rounds, --seconds and --client-threads from 1, --warm-up from 2");
    }
    Pgbench.find(); // before anything is started
    Path scratch = Scratch.empty(repository.resolve("load-tests/target/bench"));
    try (Ending ending = new Ending()) {
      RunningGateway gateway = gateway(scratch, ending);
      Database database = ending.last(Database.open(gateway.postgres()));
      measure(subject(gateway, database, ending), scratch, ending);
    }
    return 0;
  }

  private RunningGateway gateway(Path scratch, Ending ending) {
    if (url != null && key != null && pgUri != null) {
      return RunningGateway.at(url, key, PgUri.parse(pgUri));
    }
    if (url != null || key != null || pgUri != null) {
      throw new BenchmarkFailure("--url, --key and --pg-uri belong together");
    }
    say("starting a gateway");
    Path script = repository.resolve("gateway/run");
    return ending.last(GatewayProcess.start(script, scratch)).running();
  }

  /** Refuses a database that is not durable, then makes all that the measurements need. */
  private static Subject subject(RunningGateway gateway, Database database, Ending ending) {
    database.settings();
    database.installPlainSql(Plan.MEMBERS);
    ending.last(database::removePlainSql);
    String run = "b" + Long.toString(Instant.now().getEpochSecond(), 36);
    Population population =
        new Population(gateway.authority(), gateway.apiKey(), run, Plan.MEMBERS, Plan.STORES);
    Setup.makeStores(gateway.address(), population);
    say("enrolling " + Plan.MEMBERS + " members");
    Session.open(gateway, population);
    for (Holdings holdings : Holdings.values()) {
      Population holders = holdings.population(population);
      Setup.makeStores(gateway.address(), holders);
      say("enrolling %d members with %s".formatted(Holdings.MEMBERS, holdings.what()));
      Session.open(gateway, holdings, holders);
    }
    return new Subject(gateway, population, database);
  }

  private void measure(Subject subject, Path scratch, Ending ending) {
    RunningGateway gateway = subject.gateway();
    String answer = Setup.balanceAnswer(gateway.address(), subject.population());
    List<String> flags = gateway.jvmFlags();
    int loops = Runtime.getRuntime().availableProcessors();
    BareProcess bare = ending.last(BareProcess.start(scratch, flags, answer, loops));
    Pgbench pgbench = ending.last(new Pgbench(Pgbench.find(), gateway.postgres(), scratch));
    Opponents opponents = new Opponents(pgbench, bare);
    Load load = new Load(clientThreads);
    Session session = new Session(subject, opponents, load, Duration.ofSeconds(seconds));
    say("warming up");
    session.warmUp(Duration.ofSeconds(warmUp));
    Results results = rounds(session);
    Report report =
        new Report(
            LocalDate.now(ZoneOffset.UTC),
            new Report.Method(rounds, seconds, warmUp, clientThreads, answer),
            new Report.Parts(subject.database(), pgbench, flags),
            results);
    System.out.println("\n" + report.tables());
    Path page = (quick ? scratch : repository.resolve("docs")).resolve("benchmarks.md");
    BenchmarksPage.write(page, report.page());
    say("written: " + page);
  }

  private Results rounds(Session session) {
    Results results = new Results();
    for (int round = 1; round <= rounds; round++) {
      say("round " + round + " of " + rounds);
      for (Plan.Step step : Plan.round()) {
        Measurement measurement = step.measure().apply(session);
        results.add(step.series(), measurement);
        say(
            "  (%c) %s, %d: %s/s%s"
                .formatted(
                    step.series().part(),
                    step.series().what(),
                    step.series().connections(),
                    Tables.whole(measurement.rate()),
                    measurement.refused() == 0 ? "" : ", refused " + measurement.refused()));
      }
    }
    return results;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
