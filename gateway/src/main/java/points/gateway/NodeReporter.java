package points.gateway;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import points.cluster.peer.Peers;
import points.gateway.Readiness.NotReady;
import points.gateway.node.NodeReport;

/** Reports how this node is. */
final class NodeReporter {

  /** The wait for the database; the nodes that ask wait for twice as long. */
  private static final long READY_WAIT_MS = 500;

  private final Instant startedAt;
  private final String version = version();
  private final String address;
  private final Peers peers;
  private final Readiness readiness;
  private final IntSupplier requests;
  private final IntSupplier listeners;

  /**
   * @param address where people find this node
   */
  NodeReporter(
      String address,
      Instant startedAt,
      Peers peers,
      Readiness readiness,
      IntSupplier requests,
      IntSupplier listeners) {
    this.address = address;
    this.startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    this.peers = peers;
    this.readiness = readiness;
    this.requests = requests;
    this.listeners = listeners;
  }

  /** Reports within half a second. */
  Future<NodeReport> report() {
    return readiness
        .whyNot()
        .timeout(READY_WAIT_MS, TimeUnit.MILLISECONDS)
        .otherwise(Optional.of(NotReady.DATABASE_SILENT))
        .map(whyNot -> report(whyNot.map(NotReady::label).orElse(null)));
  }

  private NodeReport report(@Nullable String notReady) {
    Runtime runtime = Runtime.getRuntime();
    return new NodeReport(
        version,
        startedAt,
        address,
        notReady,
        peers.isConverged(),
        peers.present().size(),
        requests.getAsInt(),
        listeners.getAsInt(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  /**
   * Asks the system for the name of this machine; blocks.
   *
   * @param httpPort 0 when any free one is taken
   */
  static String address(int httpPort) {
    String port = httpPort == 0 ? "" : ":" + httpPort;
    try {
      return InetAddress.getLocalHost().getHostName() + port;
    } catch (UnknownHostException e) {
      return "unnamed" + port;
    }
  }

  /** The version that the build wrote into the jar; there is none when classes run without it. */
  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
