package points.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Population;
import points.load.bench.client.RequestMix;
import points.load.bench.process.Machine;
import points.load.bench.process.MeasuredGateway;
import points.load.bench.process.PackagedPostgres;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** Measures what three nodes on one machine cost beside one, and writes a page of its own. */
@Command(
    name = "load-tests/bench-cluster",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Measures three nodes on this machine beside one, and the death of one of them.")
public final class ClusterBench extends BenchCommand {
  private static final int NODES = 3;
  private static final int CONNECTIONS = 255;
  private static final int TAKEOVER_MEMBERS = 120;
  private static final int TRIES_MAX = 40;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String ROUTED = "points_route_commands_total{where=\"%s\"}";

  private final Results results = new Results();

  private ClusterBench() {
    super("bench-cluster", 6);
  }

  public static void main(String[] arguments) {
    main(new ClusterBench(), arguments);
  }

  @Override
  void run(Path scratch) throws IOException {
    MeasuredGateway node = start(scratch.resolve("alone"), Map.of());
    GatewaysUnderTest alone = new GatewaysUnderTest(List.of(node), node.postgres());
    GatewaysUnderTest cluster = cluster(scratch);
    for (GatewaysUnderTest gateways : List.of(alone, cluster)) {
      say("warming up: " + name(gateways));
      enrol(gateways, MemberShape.PLAIN);
      Duration time = Duration.ofSeconds(warmUp);
      gateways.measure(RequestMix.PROMOTION_DAY, MemberShape.PLAIN, CONNECTIONS, time);
      gateways.measure(RequestMix.ACCRUALS, MemberShape.PLAIN, CONNECTIONS, time);
    }
    for (int round = 1; round <= rounds; round++) {
      for (GatewaysUnderTest gateways : List.of(alone, cluster)) {
        measure(gateways, RequestMix.ACCRUALS);
        measure(gateways, RequestMix.PROMOTION_DAY);
        measure(gateways, RequestMix.READS);
      }
    }
    double local = count(cluster, "local");
    double forwarded = count(cluster, "forwarded");
    List<Double> takeover = takeover(cluster);
    List<String> machine = Machine.parts();
    String text =
        page(
            "benchmarks-cluster.md",
            results,
            Map.of(
                "machine", machine.get(0) + ", " + machine.get(1),
                "connections", CONNECTIONS,
                "localPercent", Math.round(100 * local / (local + forwarded)),
                "takeoverMembers", takeover.size(),
                "takeoverMedian", Math.round(takeover.get(takeover.size() / 2)),
                "takeoverLongest", Math.round(takeover.get(takeover.size() - 1))));
    say("\n" + text);
    ResultsPage.write(repository.resolve("docs/benchmarks-cluster.md"), text);
  }

  private MeasuredGateway start(Path folder, Map<String, String> settings) throws IOException {
    return closeAtEnd(MeasuredGateway.start(repository, folder, settings));
  }

  /** Starts three nodes on the PostgreSQL of a gateway that is killed, as one writer too many. */
  private GatewaysUnderTest cluster(Path scratch) throws IOException {
    MeasuredGateway founder = start(scratch.resolve("founder"), Map.of());
    PackagedPostgres postgres = founder.postgres();
    founder.kill();
    List<Integer> ports = Stream.generate(MeasuredGateway::freePort).limit(NODES).toList();
    String members =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    List<MeasuredGateway> nodes = new ArrayList<>();
    for (int port : ports) {
      Map<String, String> settings =
          Map.of(
              "POINTS_PG_URI", postgres.database().uri(),
              "POINTS_BOOTSTRAP_KEY", founder.apiKey(),
              "POINTS_CLUSTER_SECRET", founder.apiKey(), // of this run only, and long enough
              "POINTS_CLUSTER_MEMBERS", members,
              "POINTS_CLUSTER_PORT", Integer.toString(port),
              "POINTS_BUS_PORT", Integer.toString(MeasuredGateway.freePort()));
      nodes.add(start(scratch.resolve("node" + nodes.size()), settings));
    }
    return new GatewaysUnderTest(nodes, postgres);
  }

  private void measure(GatewaysUnderTest gateways, RequestMix workload) {
    String what = workload.what();
    Measurement measured = gateways.measure(workload, MemberShape.PLAIN, CONNECTIONS, window());
    say("  %s, %s: %s/s".formatted(name(gateways), what, Tables.whole(measured.rate())));
    results.add(new Results.Series(name(gateways), what, CONNECTIONS), measured);
  }

  private static String name(GatewaysUnderTest gateways) {
    return gateways.nodes().size() == 1 ? "one, alone" : "three";
  }

  private static double count(GatewaysUnderTest gateways, String where) {
    return gateways.nodes().stream().mapToDouble(it -> it.counter(ROUTED.formatted(where))).sum();
  }

  /**
   * Kills the last node, and sends the first an accrual on each of many members at once.
   *
   * @return sorted milliseconds; about a third of the members were owned by the node that died
   */
  private static List<Double> takeover(GatewaysUnderTest cluster) {
    Population population = cluster.population(MemberShape.PLAIN);
    List<MeasuredGateway> nodes = cluster.nodes();
    nodes.get(nodes.size() - 1).kill();
    long killed = System.nanoTime();
    String store = population.stores().get(0);
    List<CompletableFuture<Double>> succeeding =
        population.members().subList(0, TAKEOVER_MEMBERS).stream()
            .map(
                member ->
                    CompletableFuture.supplyAsync(
                        () -> firstSuccess(nodes.get(0), store, member, killed),
                        work -> new Thread(work, "takeover").start()))
            .toList();
    return succeeding.stream().map(CompletableFuture::join).sorted().toList();
  }

  private static double firstSuccess(
      MeasuredGateway node, String store, String member, long since) {
    String order = "takeover-" + member;
    String json =
        """
        {"memberId":"%s","storeId":"%s","orderId":"%s","occurredAt":"%s","amount":1000}
        """
            .formatted(member, store, order, Instant.now());
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        if (node.post("/v1/accruals", order, json).statusCode() == 201) {
          return (System.nanoTime() - since) / 1e6;
        }
      } catch (HarnessException e) {
        // No answer in time: the same again.
      }
      Shell.pause(PAUSE);
    }
    throw new HarnessException("no success after a node was killed");
  }
}
