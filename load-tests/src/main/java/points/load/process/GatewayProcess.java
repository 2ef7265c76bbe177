package points.load.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A gateway as a process, started by the script that operators use. */
public final class GatewayProcess {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final Setup setup;
  private @Nullable Process process;

  /**
   * The set-up of a gateway.
   *
   * @param command that becomes the gateway's virtual machine
   * @param log to which its output is appended
   * @param environment all its settings; other settings of this process are not inherited
   */
  public record Setup(List<String> command, Path log, Map<String, String> environment) {
    private URI url(String host, String port, String path) {
      return URI.create("http://" + environment.get(host) + ":" + environment.get(port) + path);
    }
  }

  /** Takes the set-up, which has hosts and ports of both listeners. */
  public GatewayProcess(Setup setup) {
    this.setup = setup;
  }

  /** The URL of a path of its API. */
  public URI url(String path) {
    return setup.url("POINTS_HTTP_HOST", "POINTS_HTTP_PORT", path);
  }

  /** Starts it without waiting. */
  public void launch() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(setup.command())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(setup.log().toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("POINTS_"));
      builder.environment().putAll(setup.environment());
      process = builder.start();
    } catch (IOException e) {
      throw new HarnessException("the gateway cannot be started", e);
    }
  }

  /** Waits until it is ready; fails when it ends before, or takes longer than that. */
  public void awaitReady(Duration within) {
    Shell.await(
        () -> "the gateway is not ready, see " + setup.log() + ":\n" + logEnd(),
        within,
        () -> {
          boolean isReady = isReady();
          if (!isReady && !isAlive()) {
            throw new HarnessException(
                "the gateway ended at its start, see " + setup.log() + ":\n" + logEnd());
          }
          return isReady;
        });
  }

  /** Whether a load balancer would send requests to it. */
  public boolean isReady() {
    return ask("/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** Asks its management port; empty when it does not answer. */
  public Optional<HttpResponse<String>> ask(String path) {
    URI uri = setup.url("POINTS_MANAGEMENT_HOST", "POINTS_MANAGEMENT_PORT", path);
    try {
      return Optional.of(send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The value of a sample of its metrics; empty without an answer, or without the sample. */
  public OptionalDouble metric(String sample) {
    return ask("/metrics").stream()
        .flatMap(answer -> answer.body().lines())
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst();
  }

  /** Sends it a request, which has a time-out. */
  public static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return WholeAnswers.send(HTTP, request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted", e);
    }
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its process, whose virtual machine has replaced the script. */
  public Process process() {
    if (process == null) {
      throw new HarnessException("the gateway was never started, see " + setup.log());
    }
    return process;
  }

  /** All that it has printed. */
  public String output() {
    try {
      return Files.readString(setup.log());
    } catch (IOException e) {
      return "";
    }
  }

  private String logEnd() {
    String output = output();
    return output.substring(Math.max(0, output.length() - 4_000));
  }
}
