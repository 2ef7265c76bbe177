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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import points.cluster.hot.Hot;

final class ClusterIT {

  @Test
  void runs_an_event_bus_and_hot_members_on_one_node() throws Exception {
    Cluster cluster = started(ClusterOptions.alone());
    try {
      cluster.vertx().eventBus().<String>consumer("echo", message -> message.reply(message.body()));
      assertThat(await(cluster.vertx().eventBus().request("echo", "hello")).body())
          .isEqualTo("hello");
      assertThat(cluster.vertx().isClustered()).isTrue();

      await(cluster.hotMembers().publish(Map.of("default/M-1", new Hot(1, new byte[] {42}))));
      assertThat(await(cluster.hotMembers().read("default/M-1")))
          .contains(new Hot(1, new byte[] {42}));
      assertThat(await(cluster.hotMembers().take(List.of("default/M-1"))).get("default/M-1"))
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
      Thread.sleep(Duration.ofSeconds(3).toMillis());

      assertThat(one.hazelcast().getCluster().getMembers()).hasSize(1);
      assertThat(two.hazelcast().getCluster().getMembers()).hasSize(1);
      assertThat(one.nodeId()).isNotEqualTo(two.nodeId());
    } finally {
      await(one.close());
      await(two.close());
    }
  }

  @Test
  void leaves_no_thread_and_no_port_behind() throws Exception {
    await(started(ClusterOptions.alone()).close());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Cluster cluster = started(ClusterOptions.alone());
    int port = memberPort(cluster);

    await(cluster.close());
    await(cluster.close());

    for (int i = 0; i < 50 && !started(before).isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(started(before)).isEmpty();
    assertThat(answers(InetAddress.getLoopbackAddress(), port)).isFalse();
  }

  @Test
  void listens_on_its_own_interface_only() throws Exception {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
            .toList();
    Cluster cluster = started(ClusterOptions.alone());
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
    await(started(ClusterOptions.alone()).close());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ListenAddress free = ListenAddress.loopback();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ListenAddress inUse = new ListenAddress("127.0.0.1", taken.getLocalPort());

      for (ClusterOptions options :
          List.of(
              new ClusterOptions(
                  "points", Discovery.ALONE, inUse, free, ClusterOptions.alone().hot()),
              new ClusterOptions(
                  "points", Discovery.ALONE, free, inUse, ClusterOptions.alone().hot()))) {
        assertThatThrownBy(() -> started(options)).isNotInstanceOf(TimeoutException.class);
      }
    }
    for (int i = 0; i < 50 && !started(before).isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(started(before)).isEmpty();
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
