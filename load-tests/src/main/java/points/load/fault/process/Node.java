package points.load.fault.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.load.fault.net.Host;
import points.load.process.GatewayProcess;
import points.load.process.Shell;

/** A gateway on a host of its own. */
public final class Node implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final Host host;
  private final GatewayProcess gateway;

  /** Takes the settings of the gateway, besides the addresses at which it listens. */
  public Node(Host host, Path script, Path scratch, Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.putIfAbsent("POINTS_HTTP_HOST", host.address());
    environment.putIfAbsent("POINTS_HTTP_PORT", "8080");
    environment.putIfAbsent("POINTS_MANAGEMENT_HOST", host.address());
    environment.putIfAbsent("POINTS_MANAGEMENT_PORT", "9090");
    environment.putIfAbsent("POINTS_DATA_DIR", scratch.resolve(host.name() + "-data").toString());
    this.host = host;
    this.gateway =
        new GatewayProcess(
            new GatewayProcess.Setup(
                host.on(List.of(script.toString())),
                scratch.resolve(host.name() + ".log"),
                environment));
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
    return gateway.url("");
  }

  /** Starts it without waiting. */
  public void launch() {
    gateway.launch();
  }

  /** Waits until it is ready. */
  public void awaitReady() {
    gateway.awaitReady(START_MAX);
  }

  /** Whether a load balancer would send requests to it. */
  public boolean isReady() {
    return gateway.isReady();
  }

  /** Whether its metrics count so many nodes in its cluster, itself included. */
  public boolean sees(int nodes) {
    return gateway.metric("points_cluster_nodes").orElse(0) == nodes;
  }

  /** Whether it relies on the shared cache. */
  public boolean isConverged() {
    return gateway.metric("points_cluster_whole").orElse(0) == 1;
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return gateway.isAlive();
  }

  /** Sends a signal to its virtual machine. */
  public void signal(Signal signal) {
    signal.to(gateway.process().pid());
  }

  /** Waits until it has ended and returns its exit code. */
  public int awaitEnd() {
    return Shell.awaitEnd(gateway.process());
  }

  /** All that it has printed. */
  public String output() {
    return gateway.output();
  }

  @Override
  public void close() {
    if (isAlive()) {
      signal(Signal.KILL);
      awaitEnd();
    }
  }
}
