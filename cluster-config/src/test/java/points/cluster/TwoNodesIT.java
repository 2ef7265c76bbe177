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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CachedState;
import points.cluster.cache.HazelcastStateCache;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;
import points.cluster.fixture.Await;

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
    Await.until("backups", () -> one.getPartitionService().isClusterSafe());
  }

  @AfterEach
  void leave() throws Exception {
    one.getLifecycleService().terminate();
    two.getLifecycleService().terminate();
    await(vertx.close());
  }

  @Test
  void a_lost_nodes_members_are_taken_over_with_their_state() throws Exception {
    StateCache first = members(one);
    StateCache second = members(two);
    Map<String, CachedState> batch = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      batch.put("default/M-" + i, new CachedState(i, new byte[i]));
    }
    await(first.acquire(batch.keySet()));
    await(first.publish(batch));
    assertThat(await(second.acquire(batch.keySet())).values()).noneMatch(LeaseResult::granted);

    one.getLifecycleService().terminate();
    Await.until("the other to be gone", () -> two.getCluster().getMembers().size() == 1);

    Map<String, LeaseResult> taken = await(second.acquire(batch.keySet()));
    assertThat(taken.values()).allMatch(LeaseResult::granted);
    assertThat(taken)
        .allSatisfy((key, answer) -> assertThat(answer.cached()).isEqualTo(batch.get(key)));
  }

  @Test
  void only_the_holder_gives_up_whichever_node_keeps_the_entry() throws Exception {
    StateCache first = members(one);
    StateCache second = members(two);
    List<String> keys = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    await(first.acquire(keys));

    await(second.release(keys));
    assertThat(await(second.acquire(keys)).values()).noneMatch(LeaseResult::granted);

    await(first.release(keys));
    assertThat(await(second.acquire(keys)).values()).allMatch(LeaseResult::granted);
  }

  private HazelcastInstance member(List<String> others) throws Exception {
    Config config = HazelcastConfiguration.of(options);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).setMembers(others);
    return Hazelcast.newHazelcastInstance(config);
  }

  private StateCache members(HazelcastInstance hazelcast) {
    return HazelcastStateCache.join(
        hazelcast, vertx, HazelcastConfiguration.NODE_ATTRIBUTE, options.cache());
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(30, SECONDS);
  }
}
