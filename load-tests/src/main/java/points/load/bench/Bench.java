package points.load.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Pgbench;
import points.load.bench.client.RequestMix;
import points.load.bench.process.BareServer;
import points.load.bench.process.Machine;
import points.load.bench.process.MeasuredGateway;
import points.load.bench.process.PackagedPostgres;

/** Measures a gateway beside plain SQL and a bare server, and writes the page of results. */
@Command(
    name = "load-tests/bench",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description =
        """
        Measures the gateway beside what PostgreSQL does by plain SQL and what a bare server does.\
        """)
public final class Bench extends BenchCommand {
  @Option(names = "--quick", description = "one short round; the page goes below target")
  private boolean quick;

  @Option(names = "--feed", description = "only what the feed costs; no page")
  private boolean feed;

  @Option(names = "--rule-book", description = "only what a large rule book costs; no page")
  private boolean ruleBook;

  @Option(
      names = "--budget",
      description = "only what a budget costs on which every order draws; no page")
  private boolean budget;

  Bench() {
    super("bench", 8);
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
    Path program = Pgbench.find(); // before anything is started
    say("starting a gateway");
    MeasuredGateway process = closeAtEnd(MeasuredGateway.start(repository, scratch, Map.of()));
    PackagedPostgres postgres = process.postgres();
    String settings = postgres.settings();
    postgres.installPlainSql(MemberShape.PLAIN.members());
    GatewaysUnderTest gateway = new GatewaysUnderTest(List.of(process), postgres);
    enrol(gateway, MemberShape.PLAIN);
    if (ruleBook) {
      BookBench book = BookBench.ofLargeBook(gateway);
      say("\n" + book.cost(Duration.ofSeconds(warmUp), rounds, window()));
      return;
    }
    if (budget) {
      BookBench book = BookBench.ofHotBudget(gateway);
      say("\n" + book.cost(Duration.ofSeconds(warmUp), rounds, window()));
      return;
    }
    FeedBench events = new FeedBench(gateway);
    if (feed) {
      gateway.measure(RequestMix.ACCRUALS, MemberShape.PLAIN, 512, Duration.ofSeconds(warmUp));
      say(
          "worst lag of the feed: %s\n%s"
              .formatted(events.lagMax(), events.cost(rounds, window())));
      return;
    }
    enrol(gateway, MemberShape.ONE_LOT);
    MemberShape.LARGE.forEach(shape -> enrol(gateway, shape));
    String member = gateway.population(MemberShape.PLAIN).members().get(0);
    HttpResponse<String> answer = process.get("/v1/members/%s/balance".formatted(member));
    int loops = Runtime.getRuntime().availableProcessors();
    BareServer bare = closeAtEnd(BareServer.start(scratch, process.jvmFlags(), answer, loops));
    Pgbench pgbench = new Pgbench(program, postgres, scratch, gateway.postmaster());
    Results results = measure(new Plan.Session(gateway, pgbench, bare, window()));

    say("\n" + Tables.measurements(results) + "\n" + Tables.ratios(Plan.ratios(results)));
    Path page = (quick ? scratch : repository.resolve("docs")).resolve("benchmarks.md");
    Map<String, ?> others =
        Map.of(
            "machine", machine(process.jvmFlags(), settings, pgbench.version()),
            "processors", loops,
            "feedLagMs", events.lagMax().toMillis(),
            "answerBytes", BareServer.length(answer));
    ResultsPage.write(page, text(results, others));
    say("written: " + page);
  }

  private Results measure(Plan.Session session) {
    say("warming up");
    session.warmUp(Duration.ofSeconds(warmUp));
    Results results = new Results();
    for (int round = 1; round <= rounds; round++) {
      say("round %d of %d".formatted(round, rounds));
      for (Plan.Step step : Plan.round()) {
        Measurement measured = step.load().apply(session);
        Results.Series series = step.series();
        results.add(series, measured);
        String refused = measured.refused() == 0 ? "" : ", refused " + measured.refused();
        say(
            "  (%s) %s, %d: %s/s%s"
                .formatted(
                    series.group(),
                    series.what(),
                    series.connections(),
                    Tables.whole(measured.rate()),
                    refused));
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

  private static String machine(List<String> jvmFlags, String postgres, String pgbench) {
    Map<String, String> parts = new LinkedHashMap<>();
    List<String> machine = Machine.parts();
    parts.put("processors", machine.get(0));
    parts.put("memory", machine.get(1));
    parts.put("Linux", machine.get(2));
    parts.put(
        "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    parts.put("JVM flags", String.join(" ", jvmFlags));
    parts.put("Vert.x", String.valueOf(Vertx.class.getPackage().getImplementationVersion()));
    parts.put("PostgreSQL", postgres);
    parts.put("pgbench", pgbench);
    Map<String, Function<String, String>> columns = new LinkedHashMap<>();
    columns.put("part", part -> part);
    columns.put("", part -> String.valueOf(parts.get(part)));
    return Tables.table(columns, parts.keySet());
  }
}
