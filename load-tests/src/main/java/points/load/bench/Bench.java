package points.load.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
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
import points.load.bench.process.Machine;
import points.load.bench.process.MeasuredGateway;
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
    MeasuredGateway process = closeAtEnd(MeasuredGateway.start(repository, scratch, Map.of()));
    Postgres postgres = closeAtEnd(process.postgres());
    Map<String, String> settings = postgres.settings();
    postgres.installPlainSql(MemberShape.PLAIN.members());
    GatewaysUnderTest gateway = new GatewaysUnderTest(List.of(process), postgres);
    enrol(gateway, MemberShape.PLAIN);
    enrol(gateway, MemberShape.ONE_LOT);
    MemberShape.LARGE.forEach(shape -> enrol(gateway, shape));
    String member = gateway.population(MemberShape.PLAIN).members().get(0);
    HttpResponse<String> answer = process.get("/v1/members/%s/balance".formatted(member));
    int loops = Runtime.getRuntime().availableProcessors();
    BareServer bare = closeAtEnd(BareServer.start(scratch, process.jvmFlags(), answer, loops));
    Pgbench pgbench = new Pgbench(postgres, scratch);
    Results results = measure(new Session(gateway, postgres, pgbench, bare, window()));

    say("\n" + Tables.measurements(results) + "\n" + Tables.ratios(Plan.ratios(results)));
    String machine = machine(process, postgres.version(), settings, pgbench.version());
    Path page = (quick ? scratch : repository.resolve("docs")).resolve("benchmarks.md");
    ResultsPage.write(
        page,
        text(
            results,
            Map.of(
                "machine", machine,
                "processors", loops,
                "answerBytes", BareServer.length(answer))));
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
  String text(Results results, Map<String, ?> values) {
    Map<String, Object> all = new TreeMap<>(values);
    all.put("ratios", Tables.ratios(Plan.ratios(results)));
    all.put("members", Tables.whole(MemberShape.PLAIN.members()));
    all.put("stores", MemberShape.PLAIN.stores());
    all.put("shapedMembers", MemberShape.ONE_LOT.members());
    all.put("refused", results.refused());
    return page("benchmarks.md", results, all);
  }

  private static String machine(
      MeasuredGateway gateway, String postgres, Map<String, String> settings, String pgbench) {
    Machine machine = Machine.here();
    String reported =
        settings.entrySet().stream()
            .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
            .collect(Collectors.joining(", "));
    return Tables.table(
        List.of("part", ""),
        List.of(
            List.of("processors", machine.processors()),
            List.of("memory", machine.memory()),
            List.of("Linux", machine.linux()),
            List.of("Java", machine.java()),
            List.of("JVM flags", String.join(" ", gateway.jvmFlags())),
            List.of("Vert.x", machine.vertx()),
            List.of("PostgreSQL", postgres + "; " + reported),
            List.of("pgbench", pgbench)));
  }
}
