package points.load.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway started for one run, with an empty data directory and its own PostgreSQL. */
final class GatewayProcess implements AutoCloseable {
  private static final Duration START_TIME_MAX = Duration.ofMinutes(5);
  private static final long END_TIME_MAX_S = 30;
  private static final int KEY_BYTES = 32;

  private final Process process;
  private final Path data;
  private final Path log;
  private final int port = Ports.free();
  private final int managementPort = Ports.free();
  private final String apiKey;

  /**
   * What was seen running below it: the virtual machine, and the PostgreSQL that must not outlive
   * it.
   */
  private final List<ProcessHandle> family = new ArrayList<>();

  private GatewayProcess(Path script, Path scratch, Map<String, String> settings)
      throws IOException {
    data = scratch.resolve("data");
    log = scratch.resolve("gateway.log");
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    apiKey = "pk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    ProcessBuilder builder =
        new ProcessBuilder(script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(configuration());
    builder.environment().putAll(settings);
    process = builder.start();
  }

  /** Starts it and waits until it is ready. Its output goes to a file in the scratch directory. */
  static GatewayProcess start(Path script, Path scratch) {
    return start(script, scratch, Map.of());
  }

  /** The same, with more settings, which may take the place of those that it has anyway. */
  static GatewayProcess start(Path script, Path scratch, Map<String, String> settings) {
    try {
      GatewayProcess started = new GatewayProcess(script, scratch, settings);
      try {
        started.awaitReady();
        started.process.descendants().forEach(started.family::add);
      } catch (BenchmarkFailure e) {
        started.close();
        throw e;
      }
      return started;
    } catch (IOException e) {
      throw new BenchmarkFailure("the gateway cannot be started: " + e.getMessage(), e);
    }
  }

  RunningGateway running() {
    return new RunningGateway(Ports.onThisMachine(port), apiKey, RunningGateway.postgresIn(data));
  }

  /** Where the API is; of one that has a PostgreSQL of its own {@link #running} tells more. */
  InetSocketAddress address() {
    return Ports.onThisMachine(port);
  }

  String apiKey() {
    return apiKey;
  }

  int managementPort() {
    return managementPort;
  }

  /** Kills the gateway itself; a PostgreSQL of its own goes on. */
  void kill() {
    long pid = ListeningProcess.on(port);
    ProcessHandle gateway = ProcessHandle.of(pid).orElseThrow();
    gateway.destroyForcibly();
    gateway.onExit().join();
  }

  /** Asks it to end, and makes every process end that is left after half a minute. */
  @Override
  public void close() {
    process.descendants().forEach(family::add);
    process.destroy();
    family.stream().filter(this::isGateway).forEach(ProcessHandle::destroy);
    try {
      long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_TIME_MAX_S);
      while (anyAlive() && System.nanoTime() - giveUpAt < 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    Scratch.delete(data); // several gigabytes after a long run
  }

  private Map<String, String> configuration() {
    return Map.of(
        "POINTS_HTTP_HOST", "127.0.0.1",
        "POINTS_HTTP_PORT", Integer.toString(port),
        "POINTS_MANAGEMENT_PORT", Integer.toString(managementPort),
        "POINTS_DATA_DIR", data.toString(),
        "POINTS_BOOTSTRAP_KEY", apiKey);
  }

  private boolean anyAlive() {
    return process.isAlive() || family.stream().anyMatch(ProcessHandle::isAlive);
  }

  /** PostgreSQL is ended by the gateway, in its own time. */
  private boolean isGateway(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("java");
  }

  private void awaitReady() {
    long giveUpAt = System.nanoTime() + START_TIME_MAX.toNanos();
    URI ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    HttpClient client = HttpClient.newHttpClient();
    while (!isReady(client, ready)) {
      if (!process.isAlive() || System.nanoTime() - giveUpAt > 0) {
        throw new BenchmarkFailure("the gateway did not become ready, see " + log);
      }
      Ports.pause();
    }
  }

  private static boolean isReady(HttpClient client, URI ready) {
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }
}
