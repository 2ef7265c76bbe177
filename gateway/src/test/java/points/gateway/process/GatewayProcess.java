package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import points.gateway.fixture.Await;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalDatabase;

/** The gateway as a process of its own: the jar that is shipped, as gateway/run starts it. */
final class GatewayProcess implements AutoCloseable {

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path directory;
  private final Path output;
  private final Map<String, String> environment;
  private final int port = FreePort.next();
  private final int managementPort = FreePort.next();
  private Process process;

  private GatewayProcess(Path directory, Map<String, String> settings) throws IOException {
    this.directory = directory;
    String name = directory.getFileName() + "-" + STARTED.incrementAndGet() + ".log";
    this.output = directory.resolveSibling(name);
    this.environment = new HashMap<>(settings);
    environment.putIfAbsent("POINTS_HTTP_PORT", Integer.toString(port));
    environment.putIfAbsent("POINTS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("POINTS_DATA_DIR", directory.toString());
    this.process = launch();
  }

  /** Starts a gateway on a data directory and does not wait for it. */
  static GatewayProcess on(Path directory, Map<String, String> settings) throws IOException {
    Files.createDirectories(directory.getParent());
    return new GatewayProcess(directory, settings);
  }

  private Process launch() throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // An option that older ones do not know; see gateway/run.
                Runtime.version().feature() < 23
                    ? "-XX:+UseParallelGC"
                    : "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "--add-modules",
                "java.se",
                "--add-exports",
                "java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.management/sun.management=ALL-UNNAMED",
                "--add-opens",
                "jdk.management/com.sun.management.internal=ALL-UNNAMED",
                "-jar",
                Path.of("target", "gateway.jar").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("POINTS_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Starts it again where it was, after it has ended. */
  void restart() throws IOException {
    process = launch();
  }

  /**
   * Waits until it takes requests.
   *
   * @return how long that took from now
   */
  Duration awaitReady() throws InterruptedException {
    long since = System.nanoTime();
    Await.until("readiness; see " + directory, READY_WITHIN, () -> isReady() || hasEnded());
    assertThat(process.isAlive()).as(output()).isTrue();
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private boolean hasEnded() {
    return !process.isAlive();
  }

  private boolean isReady() throws InterruptedException {
    URI ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    var request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Where it should listen. */
  Set<Integer> ports() {
    return Set.of(port, managementPort);
  }

  /** Where it listens, by what Linux says of the process. */
  Set<Integer> listening() throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    Set<String> own = new HashSet<>();
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      for (Path file : files.toList()) {
        own.add(Files.readSymbolicLink(file).toString());
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(proc.resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  String uri() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Path directory() {
    return directory;
  }

  LocalDatabase database() {
    return new LocalDatabase(directory);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL: no shutdown hook, no finally. Returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + output());
    }
    return process.exitValue();
  }

  /** Waits until it has started a PostgreSQL, and names its processes. */
  List<ProcessHandle> awaitPostgres() throws InterruptedException {
    Await.until(
        "a PostgreSQL; see " + directory, READY_WITHIN, () -> !postgres().isEmpty() || hasEnded());
    assertThat(process.isAlive()).as(output()).isTrue();
    return postgres();
  }

  /** The processes of its PostgreSQL that live now. */
  List<ProcessHandle> postgres() {
    List<ProcessHandle> family = new ArrayList<>();
    // Made empty at first.
    if (directory.resolve("postgres/cluster/postmaster.pid").toFile().length() > 0) {
      ProcessHandle.of(database().postmaster())
          .ifPresent(
              postmaster -> {
                family.add(postmaster);
                postmaster.descendants().forEach(family::add);
              });
    }
    return family;
  }

  /** All that the process has written since it was started last. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    postgres().forEach(ProcessHandle::destroyForcibly);
  }
}
