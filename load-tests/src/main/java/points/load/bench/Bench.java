package points.load.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Pgbench;
import points.load.bench.process.BareServer;
import points.load.bench.process.GatewayProcess;
import points.load.bench.process.Machine;
import points.load.bench.process.Postgres;

/** Measures a gateway beside plain SQL and a bare server, and writes the page of results. */
@Command(
    name = "load-tests/bench",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description =
        "Measures the gateway beside what PostgreSQL does by plain SQL and what a bare server"
            + " does.")
public final class Bench extends BenchCommand {
  private static final int SECONDS = 8;

  @Option(names = "--quick", description = "one short round; the page goes below target")
  private boolean quick;

  Bench() {
    super("bench", SECONDS);
  }

  public static void main(String[] arguments) {
    main(new Bench(), arguments);
  }

  @Override
  void run(Path scratch) throws IOException {
    if (quick) {
      rounds = 1;
      seconds = 2;
      warmUp = 4;
    }
    Pgbench.find(); // before anything is started
    say("starting a gateway");
    GatewayProcess process = closeAtEnd(GatewayProcess.start(repository, scratch, Map.of()));
    Postgres postgres = closeAtEnd(process.postgres());
    Map<String, String> settings = postgres.settings();
    postgres.installPlainSql(MemberShape.PLAIN.members());
    GatewaysUnderTest gateway = new GatewaysUnderTest(List.of(process), postgres);
    gateway.enrol(MemberShape.PLAIN);
    gateway.enrol(MemberShape.ONE_LOT);
    MemberShape.LARGE.forEach(gateway::enrol);
    HttpResponse<String> answer =
        process.get(
            "/v1/members/%s/balance".formatted(gateway.population(MemberShape.PLAIN).memberId(0)));
    int loops = Runtime.getRuntime().availableProcessors();
    BareServer bare = closeAtEnd(BareServer.start(scratch, process.jvmFlags(), answer, loops));
    Pgbench pgbench = new Pgbench(postgres, scratch);
    Results results = measure(new Session(gateway, postgres, pgbench, bare, window()));

    List<Ratio> ratios = Plan.ratios(results);
    say("\n" + Tables.measurements(results) + "\n" + Tables.ratios(ratios));
    Map<String, Object> values = new TreeMap<>();
    values.put("machine", machine(process, postgres, settings, pgbench));
    values.put("date", LocalDate.now(ZoneOffset.UTC));
    values.put("processors", loops);
    values.put("answerBytes", BareServer.length(answer));
    Path page = (quick ? scratch : repository.resolve("docs")).resolve("benchmarks.md");
    ResultsPage.write(page, text(results, values));
    say("written: %s".formatted(page));
  }

  private Results measure(Session session) {
    say("warming up");
    session.warmUp(Duration.ofSeconds(warmUp));
    Results results = new Results();
    for (int round = 1; round <= rounds; round++) {
      say("round %d of %d".formatted(round, rounds));
      for (Plan.Step step : Plan.round()) {
        Measurement measured = step.measure(session);
        Series series = step.series();
        results.add(series, measured);
        say(
            "  (%s) %s, %d: %s/s%s"
                .formatted(
                    series.group(),
                    series.what(),
                    series.connections(),
                    Tables.whole(measured.rate()),
                    measured.refused() == 0 ? "" : ", refused " + measured.refused()));
      }
    }
    return results;
  }

  /**
   * Returns the page.
   *
   * @param values those that are not known from the options and the results
   */
  String text(Results results, Map<String, Object> values) {
    Map<String, Object> all = new TreeMap<>(values);
    all.put("ratios", Tables.ratios(Plan.ratios(results)));
    all.put("measurements", Tables.measurements(results));
    all.put("rounds", rounds);
    all.put("seconds", seconds);
    all.put("warmUp", warmUp);
    all.put("members", Tables.whole(MemberShape.PLAIN.members()));
    all.put("stores", MemberShape.PLAIN.stores());
    all.put("shapedMembers", MemberShape.ONE_LOT.members());
    all.put("refused", results.refused());
    return ResultsPage.fill("benchmarks.md", all);
  }

  private static String machine(
      GatewayProcess gateway, Postgres postgres, Map<String, String> settings, Pgbench pgbench) {
    Machine machine = Machine.here();
    String reported =
        settings.entrySet().stream()
            .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
            .collect(Collectors.joining(", "));
    return Tables.table(
        List.of(
            List.of("part", ""),
            List.of("processors", machine.processors()),
            List.of("memory", machine.memory()),
            List.of("Linux", machine.linux()),
            List.of("Java", machine.java()),
            List.of("JVM flags", String.join(" ", gateway.jvmFlags())),
            List.of("Vert.x", machine.vertx()),
            List.of("PostgreSQL", postgres.version() + "; " + reported),
            List.of("pgbench", pgbench.version())));
  }
}
