package points.load.fault.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.load.fault.net.HarnessException;
import points.load.fault.net.Host;
import points.load.fault.net.Shell;

/** A gateway on a host of its own, started by the script that operators use. */
public final class Node implements AutoCloseable {
  private static final int PORT = 8080;
  private static final int MANAGEMENT_PORT = 9090;
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final Host host;
  private final Path script;
  private final Path scratch;
  private final Map<String, String> environment;
  private final HttpClient probe =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private @Nullable Process process;

  /** Takes the settings of the gateway, besides the addresses at which it listens. */
  public Node(Host host, Path script, Path scratch, Map<String, String> environment) {
    this.host = host;
    this.script = script;
    this.scratch = scratch;
    this.environment = new TreeMap<>(environment);
    this.environment.putIfAbsent("POINTS_HTTP_HOST", host.address());
    this.environment.putIfAbsent("POINTS_HTTP_PORT", Integer.toString(PORT));
    this.environment.putIfAbsent("POINTS_MANAGEMENT_HOST", host.address());
    this.environment.putIfAbsent("POINTS_MANAGEMENT_PORT", Integer.toString(MANAGEMENT_PORT));
    this.environment.putIfAbsent(
        "POINTS_DATA_DIR", scratch.resolve(host.name() + "-data").toString());
  }

  /** The name of its host. */
  public String name() {
    return host.name();
  }

  /** Its host. */
  public Host host() {
    return host;
  }

  /** The URL of its API. */
  public URI url() {
    return URI.create("http://" + host.address() + ":" + PORT);
  }

  /** Starts it without waiting. */
  public void launch() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(host.on(List.of(script.toString())))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("POINTS_"));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new HarnessException("the gateway cannot be started", e);
    }
  }

  /** Waits until it is ready. */
  public void awaitReady() {
    Shell.await(
        () -> "gateway " + name() + " is not ready:\n" + logEnd(),
        START_MAX,
        () -> {
          boolean isReady = isReady();
          if (!isReady && !isAlive()) {
            throw new HarnessException("gateway " + name() + " ended at its start:\n" + logEnd());
          }
          return isReady;
        });
  }

  /** Whether a load balancer would send requests to it. */
  public boolean isReady() {
    return ask("/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** Whether its metrics count so many nodes in its cluster, itself included. */
  public boolean sees(int nodes) {
    return hasMetric("points_cluster_nodes " + (double) nodes);
  }

  /** Whether it relies on the shared cache. */
  public boolean isConverged() {
    return hasMetric("points_cluster_whole 1.0");
  }

  private boolean hasMetric(String line) {
    return ask("/metrics")
        .filter(answer -> answer.body().lines().anyMatch(line::equals))
        .isPresent();
  }

  private Optional<HttpResponse<String>> ask(String path) {
    URI uri = URI.create("http://" + host.address() + ":" + MANAGEMENT_PORT + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
    try {
      return Optional.of(probe.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Sends a signal to its virtual machine, which has replaced the script. */
  public void signal(Signal signal) {
    if (process != null) {
      signal.to(process.pid());
    }
  }

  /** Waits until it has ended and returns its exit code. */
  public int awaitEnd() {
    if (process == null) {
      throw new HarnessException("gateway " + name() + " was never started");
    }
    return Shell.awaitEnd(process);
  }

  /** All that it has printed. */
  public String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      signal(Signal.KILL);
      awaitEnd();
    }
  }

  private String logEnd() {
    String output = output();
    return output.substring(Math.max(0, output.length() - 4_000));
  }

  private Path log() {
    return scratch.resolve(host.name() + ".log");
  }
}
