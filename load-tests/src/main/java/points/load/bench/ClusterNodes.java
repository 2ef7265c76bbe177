package points.load.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes of a cluster on this machine, on a PostgreSQL that is there for them alone. */
final class ClusterNodes implements AutoCloseable {
  private static final int NODES = 3;

  private final PgUri postgres;
  private final List<GatewayProcess> nodes = new ArrayList<>();
  private final String apiKey;

  /** The gateway that brought the PostgreSQL, and was killed: it would be one writer too many. */
  private final GatewayProcess founder;

  private ClusterNodes(GatewayProcess founder) {
    this.founder = founder;
    this.postgres = founder.running().postgres();
    this.apiKey = founder.apiKey();
  }

  static ClusterNodes start(Path script, Path scratch) {
    var cluster = new ClusterNodes(GatewayProcess.start(script, folder(scratch, "founder")));
    try {
      cluster.founder.kill();
      cluster.startNodes(script, scratch);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startNodes(Path script, Path scratch) {
    List<Integer> ports = IntStream.range(0, NODES).mapToObj(i -> Ports.free()).toList();
    String members =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    for (int port : ports) {
      Map<String, String> settings =
          Map.of(
              "POINTS_PG_URI",
              postgres.forGateway(),
              "POINTS_BOOTSTRAP_KEY",
              apiKey,
              "POINTS_CLUSTER_SECRET",
              apiKey, // of this run only, and long enough
              "POINTS_CLUSTER_MEMBERS",
              members,
              "POINTS_CLUSTER_PORT",
              Integer.toString(port),
              "POINTS_BUS_PORT",
              Integer.toString(Ports.free()));
      nodes.add(GatewayProcess.start(script, folder(scratch, "node" + nodes.size()), settings));
    }
  }

  private static Path folder(Path scratch, String name) {
    try {
      return Files.createDirectories(scratch.resolve(name));
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot make " + name + " below " + scratch, e);
    }
  }

  List<GatewayProcess> nodes() {
    return nodes;
  }

  PgUri postgres() {
    return postgres;
  }

  /** As {@link Setup} and the opening want to know it. */
  RunningGateway first() {
    return new RunningGateway(nodes.get(0).address(), apiKey, postgres);
  }

  /** What all nodes together have counted. */
  long counted(String sample) {
    return nodes.stream().mapToLong(node -> counted(node, sample)).sum();
  }

  private static long counted(GatewayProcess node, String sample) {
    URI metrics = URI.create("http://127.0.0.1:" + node.managementPort() + "/metrics");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(sample + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(sample.length() + 1)))
          .sum();
    } catch (IOException e) {
      throw new BenchmarkFailure("no metrics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(GatewayProcess::close);
    founder.close();
  }
}
