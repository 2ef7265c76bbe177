package points.load.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/** A gateway started for one run, with an empty data directory and a PostgreSQL of its own. */
public final class GatewayProcess implements AutoCloseable {
  private static final Duration START_TIME_MAX = Duration.ofMinutes(5);
  private static final Duration END_TIME_MAX = Duration.ofSeconds(30);
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

  /** Flags that decide how a virtual machine runs: memory, collector, compiler, network. */
  private static final List<String> DECISIVE = List.of("-X", "-Dio.netty.", "-Dvertx.");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path data;
  private final Path log;
  private final int port = freePort();
  private final int managementPort = freePort();
  private final String apiKey;

  /** The server processes of PostgreSQL, which must not outlive the run. */
  private final List<ProcessHandle> children = new ArrayList<>();

  private GatewayProcess(Path repository, Path folder, Map<String, String> settings)
      throws IOException {
    data = Files.createDirectories(folder).resolve("data");
    log = folder.resolve("gateway.log");
    apiKey = settings.getOrDefault("POINTS_BOOTSTRAP_KEY", "pk_" + UUID.randomUUID());
    ProcessBuilder builder =
        new ProcessBuilder(repository.resolve("gateway/run").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "POINTS_HTTP_HOST", "127.0.0.1",
                "POINTS_HTTP_PORT", Integer.toString(port),
                "POINTS_MANAGEMENT_PORT", Integer.toString(managementPort),
                "POINTS_DATA_DIR", data.toString(),
                "POINTS_BOOTSTRAP_KEY", apiKey));
    builder.environment().putAll(settings);
    process = builder.start();
  }

  /** Starts a gateway, builds it first if needed, and waits until it is ready. */
  public static GatewayProcess start(Path repository, Path folder, Map<String, String> settings) {
    try {
      GatewayProcess started = new GatewayProcess(repository, folder, settings);
      try {
        started.awaitReady();
        started.process.descendants().forEach(started.children::add);
      } catch (BenchmarkException e) {
        started.close();
        throw e;
      }
      return started;
    } catch (IOException e) {
      throw new BenchmarkException("the gateway cannot be started", e);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Returns host and port of the API. */
  public String authority() {
    return "127.0.0.1:" + port;
  }

  public String apiKey() {
    return apiKey;
  }

  /** Returns the pid of the virtual machine, which has taken the place of the start script. */
  public long pid() {
    return process.pid();
  }

  /** Connects to the PostgreSQL that this gateway started for itself. */
  public Postgres postgres() {
    return Postgres.in(data);
  }

  /** Returns those flags of the virtual machine that decide how it runs. */
  public List<String> jvmFlags() {
    return Arrays.stream(process.info().arguments().orElse(new String[0]))
        .takeWhile(argument -> !argument.equals("-jar"))
        .filter(argument -> DECISIVE.stream().anyMatch(argument::startsWith))
        .filter(argument -> !argument.contains("/"))
        .toList();
  }

  /** Reads from the API. */
  public HttpResponse<String> get(String path) {
    return answer(request(port, path).GET());
  }

  /** Posts JSON to the API; the same key again changes nothing more. */
  public HttpResponse<String> post(String path, String idempotencyKey, String json) {
    return answer(
        request(port, path)
            .header("Idempotency-Key", idempotencyKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Returns a counter of the metrics. */
  public long counter(String sample) {
    return answer(request(managementPort, "/metrics").GET())
        .body()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(sample.length() + 1)))
        .sum();
  }

  /** Kills the gateway; a PostgreSQL that it started goes on. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends the gateway and its PostgreSQL, forcibly after half a minute; removes their data. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.descendants().forEach(children::add);
      process.destroy(); // the gateway ends its PostgreSQL in order
    } else {
      children.forEach(ProcessHandle::destroy);
    }
    long giveUpAt = System.nanoTime() + END_TIME_MAX.toNanos();
    while (isAnyAlive() && System.nanoTime() - giveUpAt < 0) {
      pause();
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    FileUtils.deleteQuietly(data.toFile()); // several gigabytes after a long run
  }

  /** Returns a port on which no process listens at the moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchmarkException("no free port", e);
    }
  }

  /** Waits for a tenth of a second. */
  public static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  private boolean isAnyAlive() {
    return process.isAlive() || children.stream().anyMatch(ProcessHandle::isAlive);
  }

  private void awaitReady() {
    long giveUpAt = System.nanoTime() + START_TIME_MAX.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - giveUpAt > 0) {
        throw new BenchmarkException("the gateway did not become ready, see " + log);
      }
      pause();
    }
  }

  private boolean isReady() {
    try {
      return answer(request(managementPort, "/health/ready").GET()).statusCode() == 200;
    } catch (BenchmarkException e) {
      return false; // it does not listen yet
    }
  }

  private HttpRequest.Builder request(int toPort, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + toPort + path))
        .header("Authorization", "Bearer " + apiKey)
        .timeout(ANSWER_TIME_MAX);
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BenchmarkException("the gateway does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }
}
