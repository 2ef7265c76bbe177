package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.gateway.fixture.Await;
import points.gateway.fixture.FreePort;

/** HAProxy with docs/deploy/haproxy.cfg, as a process of its own. */
public final class Haproxy implements AutoCloseable {

  static final Path FILE = Docs.DEPLOY.resolve("haproxy.cfg");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /**
   * Where a gateway is.
   *
   * @param port where the API listens
   * @param managementPort where it is asked whether it is ready
   */
  public record Node(int port, int managementPort) {}

  private final int port = FreePort.next();
  private final int metricsPort = FreePort.next();
  private final Path log;
  private final Process process;

  private Haproxy(String name, List<Node> nodes) throws IOException {
    Path directory = Path.of("target", "it", "haproxy").toAbsolutePath();
    Files.createDirectories(directory);
    log = directory.resolve(name + ".log");
    Map<String, String> environment = new HashMap<>();
    environment.put("LB_BIND", "127.0.0.1:" + port);
    environment.put("LB_METRICS_BIND", "127.0.0.1:" + metricsPort);
    environment.put("LB_ADMIN_SOCKET", "/tmp/points-haproxy-" + port + ".sock");
    environment.put("LB_CONNECTIONS_MAX", "4000");
    for (int i = 0; i < nodes.size(); i++) {
      environment.put("LB_GATEWAY_" + (i + 1), "127.0.0.1:" + nodes.get(i).port());
      environment.put(
          "LB_MANAGEMENT_PORT_" + (i + 1), Integer.toString(nodes.get(i).managementPort()));
    }
    var builder =
        new ProcessBuilder("haproxy", "-db", "-f", FILE.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Starts it before three nodes and returns when it takes requests. */
  public static Haproxy before(String name, Node first, Node second, Node third)
      throws IOException, InterruptedException {
    var haproxy = new Haproxy(name, List.of(first, second, third));
    haproxy.awaitStarted();
    return haproxy;
  }

  private void awaitStarted() {
    Await.until("HAProxy to start; see " + log, WITHIN, this::isStarted);
  }

  private boolean isStarted() throws IOException, InterruptedException {
    try {
      metrics();
      return true;
    } catch (ConnectException e) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      return false;
    }
  }

  /** Where callers connect. */
  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** What it tells Prometheus. */
  String metrics() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /** Waits until so many nodes get requests. */
  public void awaitReady(int nodes) {
    String wanted = "haproxy_backend_active_servers{proxy=\"gateways\"} " + nodes;
    Await.until(wanted + "; see " + log, WITHIN, () -> metrics().lines().anyMatch(wanted::equals));
  }

  /**
   * Has HAProxy check the file, started nowhere.
   *
   * @return its exit code and all that it says
   */
  static String check(Map<String, String> environment) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("haproxy", "-c", "-f", FILE.toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() + ": " + said;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(Path.of("/tmp/points-haproxy-" + port + ".sock"));
  }
}
