package points.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Workload;
import points.load.bench.process.Machine;
import points.load.bench.process.MeasuredGateway;
import points.load.bench.process.Postgres;

/** Measures what three nodes on one machine cost beside one, and writes a page of its own. */
@Command(
    name = "load-tests/bench-cluster",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Measures three nodes on this machine beside one, and the death of one of them.")
public final class ClusterBench extends BenchCommand {
  private static final int SECONDS = 6;
  private static final int NODES = 3;
  private static final int CONNECTIONS = 255;
  private static final String ROUTED = "points_route_commands_total{where=\"%s\"}";

  private final Results results = new Results();

  private ClusterBench() {
    super("bench-cluster", SECONDS);
  }

  public static void main(String[] arguments) {
    main(new ClusterBench(), arguments);
  }

  @Override
  void run(Path scratch) throws IOException {
    MeasuredGateway node = start(scratch.resolve("alone"), Map.of());
    GatewaysUnderTest alone = new GatewaysUnderTest(List.of(node), closeAtEnd(node.postgres()));
    GatewaysUnderTest cluster = cluster(scratch);
    for (GatewaysUnderTest gateways : List.of(alone, cluster)) {
      say("warming up: " + name(gateways));
      enrol(gateways, MemberShape.PLAIN);
      Duration time = Duration.ofSeconds(warmUp);
      gateways.measure(Workload.PROMOTION_DAY, MemberShape.PLAIN, CONNECTIONS, time);
      gateways.measure(Workload.ACCRUALS, MemberShape.PLAIN, CONNECTIONS, time);
    }
    for (int round = 1; round <= rounds; round++) {
      for (GatewaysUnderTest gateways : List.of(alone, cluster)) {
        measure(gateways, Workload.ACCRUALS);
        measure(gateways, Workload.PROMOTION_DAY);
        measure(gateways, Workload.READS);
      }
    }
    double local = count(cluster, "local");
    double forwarded = count(cluster, "forwarded");
    Takeover takeover = Takeover.measure(cluster);
    Machine machine = Machine.here();
    String text =
        page(
            "benchmarks-cluster.md",
            results,
            Map.of(
                "machine", machine.processors() + ", " + machine.memory(),
                "connections", CONNECTIONS,
                "localPercent", Math.round(100 * local / (local + forwarded)),
                "takeoverMembers", takeover.millis().size(),
                "takeoverMedian", Math.round(takeover.median()),
                "takeoverLongest", Math.round(takeover.longest())));
    say("\n" + text);
    ResultsPage.write(repository.resolve("docs/benchmarks-cluster.md"), text);
  }

  private MeasuredGateway start(Path folder, Map<String, String> settings) {
    return closeAtEnd(MeasuredGateway.start(repository, folder, settings));
  }

  /** Starts three nodes on the PostgreSQL of a gateway that is killed, as one writer too many. */
  private GatewaysUnderTest cluster(Path scratch) {
    MeasuredGateway founder = start(scratch.resolve("founder"), Map.of());
    Postgres postgres = closeAtEnd(founder.postgres());
    founder.kill();
    List<Integer> ports = Stream.generate(MeasuredGateway::freePort).limit(NODES).toList();
    String members =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    List<MeasuredGateway> nodes = new ArrayList<>();
    for (int port : ports) {
      Map<String, String> settings =
          Map.of(
              "POINTS_PG_URI", postgres.uri(),
              "POINTS_BOOTSTRAP_KEY", founder.apiKey(),
              "POINTS_CLUSTER_SECRET", founder.apiKey(), // of this run only, and long enough
              "POINTS_CLUSTER_MEMBERS", members,
              "POINTS_CLUSTER_PORT", Integer.toString(port),
              "POINTS_BUS_PORT", Integer.toString(MeasuredGateway.freePort()));
      nodes.add(start(scratch.resolve("node" + nodes.size()), settings));
    }
    return new GatewaysUnderTest(nodes, postgres);
  }

  private void measure(GatewaysUnderTest gateways, Workload workload) {
    String what = workload.what();
    Measurement measured = gateways.measure(workload, MemberShape.PLAIN, CONNECTIONS, window());
    say("  %s, %s: %s/s".formatted(name(gateways), what, Tables.whole(measured.rate())));
    results.add(new Series(name(gateways), what, CONNECTIONS), measured);
  }

  private static String name(GatewaysUnderTest gateways) {
    return gateways.nodes().size() == 1 ? "one, alone" : "three";
  }

  private static long count(GatewaysUnderTest gateways, String where) {
    return gateways.nodes().stream().mapToLong(it -> it.counter(ROUTED.formatted(where))).sum();
  }
}
