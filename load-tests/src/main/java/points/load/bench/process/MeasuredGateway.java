package points.load.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.io.FileUtils;
import points.load.process.GatewayProcess;
import points.load.process.HarnessException;
import points.load.process.Shell;

/** A gateway started for one run, with an empty data directory and a PostgreSQL of its own. */
public final class MeasuredGateway implements AutoCloseable {
  private static final Duration START_TIME_MAX = Duration.ofMinutes(5); // it may have to be built
  private static final Duration END_TIME_MAX = Duration.ofSeconds(30);
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

  /** Flags that decide how a virtual machine runs: memory, collector, compiler, network. */
  private static final List<String> DECISIVE = List.of("-X", "-Dio.netty.", "-Dvertx.");

  private final String apiKey;
  private final Path data;
  private final GatewayProcess gateway;

  /** The server processes of PostgreSQL, which must not outlive the run. */
  private final List<ProcessHandle> children = new ArrayList<>();

  private MeasuredGateway(Path repository, Path folder, Map<String, String> settings)
      throws IOException {
    data = Files.createDirectories(folder).resolve("data");
    apiKey = settings.getOrDefault("POINTS_BOOTSTRAP_KEY", "pk_" + UUID.randomUUID());
    Map<String, String> environment = new TreeMap<>(System.getenv());
    for (String listener : List.of("POINTS_HTTP", "POINTS_MANAGEMENT")) {
      environment.put(listener + "_HOST", "127.0.0.1");
      environment.put(listener + "_PORT", Integer.toString(freePort()));
    }
    environment.put("POINTS_DATA_DIR", data.toString());
    environment.put("POINTS_BOOTSTRAP_KEY", apiKey);
    environment.putAll(settings);
    List<String> command = List.of(repository.resolve("gateway/run").toString());
    Path log = folder.resolve("gateway.log");
    gateway = new GatewayProcess(new GatewayProcess.Setup(command, log, environment));
  }

  /** Starts a gateway, builds it first if needed, and waits until it is ready. */
  public static MeasuredGateway start(Path repository, Path folder, Map<String, String> settings)
      throws IOException {
    var started = new MeasuredGateway(repository, folder, settings);
    started.gateway.launch();
    try {
      started.gateway.awaitReady(START_TIME_MAX);
      started.gateway.process().descendants().forEach(started.children::add);
      return started;
    } catch (HarnessException e) {
      started.close();
      throw e;
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.url("").getPort());
  }

  public String apiKey() {
    return apiKey;
  }

  /** Returns the pid of the virtual machine. */
  public long pid() {
    return gateway.process().pid();
  }

  /** Finds the PostgreSQL that this gateway started for itself. */
  public PackagedPostgres postgres() throws IOException {
    return PackagedPostgres.in(data);
  }

  /** Returns those flags of the virtual machine that decide how it runs. */
  public List<String> jvmFlags() {
    return Arrays.stream(gateway.process().info().arguments().orElse(new String[0]))
        .takeWhile(argument -> !argument.equals("-jar"))
        .filter(argument -> DECISIVE.stream().anyMatch(argument::startsWith))
        .filter(argument -> !argument.contains("/"))
        .toList();
  }

  /** Reads from the API. */
  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(gateway.url(path)));
  }

  /** Posts JSON to the API; the same key again changes nothing more. */
  public HttpResponse<String> post(String path, String idempotencyKey, String json) {
    return send(
        HttpRequest.newBuilder(gateway.url(path))
            .headers("Idempotency-Key", idempotencyKey, "Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      request.header("Authorization", "Bearer " + apiKey).timeout(ANSWER_TIME_MAX);
      return GatewayProcess.send(request.build());
    } catch (IOException e) {
      throw new HarnessException("the gateway does not answer", e);
    }
  }

  /** Returns a counter of the metrics. */
  public double counter(String sample) {
    return gateway.metric(sample).orElse(0);
  }

  /** Kills the gateway; a PostgreSQL that it started goes on. */
  public void kill() {
    gateway.process().destroyForcibly().onExit().join();
  }

  /** Ends the gateway and its PostgreSQL, forcibly after half a minute; removes their data. */
  @Override
  public void close() {
    Process process = gateway.process();
    if (process.isAlive()) {
      process.descendants().forEach(children::add);
      process.destroy(); // the gateway ends its PostgreSQL in order
    } else {
      children.forEach(ProcessHandle::destroy);
    }
    try {
      Shell.await(
          () -> "it goes on",
          END_TIME_MAX,
          () -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
    } catch (HarnessException e) {
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
    FileUtils.deleteQuietly(data.toFile()); // several gigabytes after a long run
  }

  /** Returns a port where nobody listens, below those that systems hand out to connections. */
  public static int freePort() {
    int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      return freePort(); // taken: another
    }
  }
}
