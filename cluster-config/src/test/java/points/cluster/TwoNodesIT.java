package points.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.hot.HazelcastHotMembers;
import points.cluster.hot.Hot;
import points.cluster.hot.HotMembers;
import points.cluster.hot.Taken;

/** Two real members in one cluster, so that steps, answers and backups travel. */
final class TwoNodesIT {
  private final ClusterOptions options = ClusterOptions.alone();
  private final Vertx vertx = Vertx.vertx();
  private HazelcastInstance one;
  private HazelcastInstance two;

  @BeforeEach
  void join() throws Exception {
    one = member(List.of());
    two = member(List.of("127.0.0.1:" + one.getCluster().getLocalMember().getAddress().getPort()));
    assertThat(two.getCluster().getMembers()).hasSize(2);
    // Every entry has its backup only once the partitions are shared out.
    until(() -> one.getPartitionService().isClusterSafe());
  }

  @AfterEach
  void leave() throws Exception {
    one.getLifecycleService().terminate();
    two.getLifecycleService().terminate();
    await(vertx.close());
  }

  @Test
  void a_lost_nodes_members_are_taken_over_with_their_state() throws Exception {
    HotMembers first = members(one);
    HotMembers second = members(two);
    Map<String, Hot> batch = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      batch.put("default/M-" + i, new Hot(i, new byte[i]));
    }
    await(first.take(batch.keySet()));
    await(first.publish(batch));
    assertThat(await(second.take(batch.keySet())).values()).noneMatch(Taken::granted);

    one.getLifecycleService().terminate();
    until(() -> two.getCluster().getMembers().size() == 1);

    Map<String, Taken> taken = await(second.take(batch.keySet()));
    assertThat(taken.values()).allMatch(Taken::granted);
    assertThat(taken)
        .allSatisfy((key, answer) -> assertThat(answer.hot()).isEqualTo(batch.get(key)));
  }

  @Test
  void only_the_holder_gives_up_whichever_node_keeps_the_entry() throws Exception {
    HotMembers first = members(one);
    HotMembers second = members(two);
    List<String> keys = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    await(first.take(keys));

    await(second.giveUp(keys));
    assertThat(await(second.take(keys)).values()).noneMatch(Taken::granted);

    await(first.giveUp(keys));
    assertThat(await(second.take(keys)).values()).allMatch(Taken::granted);
  }

  private HazelcastInstance member(List<String> others) throws Exception {
    Config config = HazelcastConfiguration.of(options);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).setMembers(others);
    return Hazelcast.newHazelcastInstance(config);
  }

  private HotMembers members(HazelcastInstance hazelcast) {
    return HazelcastHotMembers.join(
        hazelcast, vertx, HazelcastConfiguration.NODE_ATTRIBUTE, options.hot());
  }

  private static void until(BooleanSupplier reached) throws InterruptedException {
    for (int i = 0; i < 100 && !reached.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(30, SECONDS);
  }
}
