package points.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CacheOptions;
import points.cluster.cache.CachedState;
import points.cluster.fixture.Await;

final class ClusterIT {

  @Test
  void a_lone_node_has_an_event_bus_and_hot_members_of_its_own_and_opens_no_port()
      throws Exception {
    Set<Integer> before = listening();
    Cluster cluster = started(ClusterOptions.alone());
    try {
      assertThat(listening()).isEqualTo(before);
      cluster.vertx().eventBus().<String>consumer("echo", message -> message.reply(message.body()));
      assertThat(await(cluster.vertx().eventBus().request("echo", "hello")).body())
          .isEqualTo("hello");
      assertThat(cluster.vertx().isClustered()).isFalse();

      await(
          cluster.stateCache().publish(Map.of("default/M-1", new CachedState(1, new byte[] {42}))));
      assertThat(await(cluster.stateCache().read("default/M-1")))
          .contains(new CachedState(1, new byte[] {42}));
      assertThat(await(cluster.stateCache().acquire(List.of("default/M-1"))).get("default/M-1"))
          .satisfies(
              taken -> {
                assertThat(taken.granted()).isTrue();
                assertThat(taken.holder()).isEqualTo(cluster.nodeId());
              });
    } finally {
      await(cluster.close());
    }
  }

  @Test
  void lone_nodes_of_one_machine_do_not_join() throws Exception {
    Cluster one = started(ClusterOptions.alone());
    Cluster two = started(ClusterOptions.alone());
    try {
      assertThat(one.peers().present()).containsExactly(one.nodeId());
      assertThat(two.peers().present()).containsExactly(two.nodeId());
      assertThat(one.nodeId()).isNotEqualTo(two.nodeId());
    } finally {
      await(one.close());
      await(two.close());
    }
  }

  @Test
  void leaves_no_thread_and_no_port_behind() throws Exception {
    await(started(clusterOfOne()).close());
    await(started(ClusterOptions.alone()).close());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Cluster alone = started(ClusterOptions.alone());
    Cluster cluster = started(clusterOfOne());
    int port = memberPort(cluster);

    await(alone.close());
    await(cluster.close());
    await(cluster.close());

    awaitNoThreadSince(before);
    assertThat(answers(InetAddress.getLoopbackAddress(), port)).isFalse();
  }

  @Test
  void listens_on_its_own_interface_only() throws Exception {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
            .toList();
    Cluster cluster = started(clusterOfOne());
    try {
      int port = memberPort(cluster);
      assertThat(answers(InetAddress.getLoopbackAddress(), port)).isTrue();
      assertThat(others).noneMatch(address -> answers(address, port));
    } finally {
      await(cluster.close());
    }
  }

  @Test
  void fails_on_a_port_in_use_and_leaves_nothing_behind() throws Exception {
    await(started(clusterOfOne()).close());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ListenAddress free = ListenAddress.loopback();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ListenAddress inUse = new ListenAddress("127.0.0.1", taken.getLocalPort());

      for (ClusterOptions options : List.of(clusterAt(inUse, free), clusterAt(free, inUse))) {
        assertThatThrownBy(() -> started(options)).isNotInstanceOf(TimeoutException.class);
      }
    }
    awaitNoThreadSince(before);
  }

  private static void awaitNoThreadSince(Set<Thread> before) {
    Await.until("threads to end", () -> started(before).isEmpty());
  }

  private static ClusterOptions clusterOfOne() {
    return clusterAt(ListenAddress.loopback(), ListenAddress.loopback());
  }

  private static ClusterOptions clusterAt(ListenAddress member, ListenAddress bus) {
    // Nobody answers at the listed address, so it forms a cluster by itself.
    var listed = new Discovery.Listed(List.of(new Discovery.Member("127.0.0.1", 1)));
    var secret = new ClusterSecret("what-only-the-nodes-of-this-cluster-know");
    return new ClusterOptions("points", listed, member, bus, secret, CacheOptions.defaults());
  }

  /** The ports where this process listens, by what Linux says of it. */
  private static Set<Integer> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)) {
          own.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static int memberPort(Cluster cluster) {
    return cluster.hazelcast().getCluster().getLocalMember().getAddress().getPort();
  }

  private static boolean answers(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static Set<String> started(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && !before.contains(thread))
        .map(Thread::getName)
        // Vert.x's cluster manager never ends this one, a daemon with nothing to do.
        .filter(name -> !name.equals("vertx-hazelcast-service-throttling-thread"))
        .collect(Collectors.toSet());
  }

  private static Cluster started(ClusterOptions options) throws TimeoutException {
    return await(Cluster.start(options, new VertxOptions(), Vertx.builder()));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(30, SECONDS);
  }
}
