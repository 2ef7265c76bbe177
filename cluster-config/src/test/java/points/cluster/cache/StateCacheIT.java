package points.cluster.cache;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.fixture.Await;

/** One real member, on which two nodes are played by two ids and one clock. */
final class StateCacheIT {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2026-11-11T00:00:00Z");
  private static final String KEY = "default/M-1";

  private static HazelcastInstance hazelcast;
  private static Vertx vertx;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final UUID hereId = UUID.randomUUID();
  private final UUID thereId = UUID.randomUUID();
  private final Set<UUID> present = new HashSet<>(Set.of(hereId, thereId));
  private final StateCache here = node(hereId);
  private final StateCache there = node(thereId);

  @BeforeAll
  static void start() {
    hazelcast = member(CacheOptions.defaults());
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    await(vertx.close());
    hazelcast.shutdown();
  }

  @BeforeEach
  void empty() {
    await(here.clear());
  }

  @Test
  void reads_published_states() {
    await(here.publish(Map.of(KEY, state(1))));

    assertThat(await(there.read(KEY))).contains(state(1));
    assertThat(await(here.read("default/unknown"))).isEmpty();
  }

  @Test
  void keeps_the_higher_sequence_of_every_member_of_a_batch() {
    Map<String, CachedState> batch = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      batch.put("default/M-" + i, state(i % 2 == 0 ? 7 : 3));
    }
    await(here.publish(Map.copyOf(batch)));
    batch.replaceAll((key, any) -> state(5));
    await(there.publish(batch));
    await(there.publish(batch));

    for (int i = 0; i < 500; i++) {
      assertThat(await(here.read("default/M-" + i))).contains(state(i % 2 == 0 ? 7 : 5));
    }
  }

  @Test
  void grants_a_lease_once_and_again_to_the_same_node() {
    assertThat(taken(here)).isEqualTo(granted(hereId, START.plus(LEASE), null));

    now.set(START.plusSeconds(10));

    assertThat(taken(here)).isEqualTo(granted(hereId, START.plusSeconds(40), null));
  }

  @Test
  void refuses_anothers_lease_until_it_runs_out_and_names_the_holder() {
    await(here.publish(Map.of(KEY, state(4))));
    taken(here);

    now.set(START.plus(LEASE).minusMillis(1));
    assertThat(taken(there))
        .isEqualTo(new LeaseResult(false, hereId.toString(), START.plus(LEASE), state(4)));

    now.set(START.plus(LEASE));
    assertThat(taken(there)).isEqualTo(granted(thereId, START.plus(LEASE).plus(LEASE), state(4)));
  }

  @Test
  void grants_the_lease_of_a_node_that_left() {
    taken(here);
    present.remove(hereId);

    assertThat(taken(there).granted()).isTrue();
  }

  @Test
  void a_holder_that_publishes_keeps_its_lease_and_nobody_else_gets_one_by_publishing() {
    taken(here);
    now.set(START.plusSeconds(20));
    await(here.publish(Map.of(KEY, state(1))));
    await(there.publish(Map.of(KEY, state(2))));

    now.set(START.plusSeconds(49));

    assertThat(taken(there))
        .isEqualTo(new LeaseResult(false, hereId.toString(), START.plusSeconds(50), state(2)));
  }

  @Test
  void gives_up_its_own_lease_only_and_the_state_stays() {
    await(here.publish(Map.of(KEY, state(1))));
    taken(here);
    await(there.release(List.of(KEY, "default/unknown")));
    assertThat(taken(there).granted()).isFalse();

    await(here.release(List.of(KEY)));

    assertThat(taken(there)).isEqualTo(granted(thereId, START.plus(LEASE), state(1)));
  }

  @Test
  void answers_for_every_key_of_a_batch() {
    await(here.acquire(List.of("a", "b")));

    Map<String, LeaseResult> answers = await(there.acquire(List.of("a", "b", "c", "c")));

    assertThat(answers).containsOnlyKeys("a", "b", "c");
    assertThat(answers.values())
        .extracting(LeaseResult::granted)
        .containsExactlyInAnyOrder(false, false, true);
    assertThat(await(here.acquire(List.of()))).isEmpty();
    assertThat(await(here.publish(Map.of()))).isNull();
  }

  @Test
  void goes_on_when_every_entry_is_deleted_at_any_moment() {
    taken(here);
    await(here.publish(Map.of(KEY, state(1))));
    await(there.clear());

    assertThat(await(here.read(KEY))).isEmpty();
    await(here.release(List.of(KEY)));
    await(here.publish(Map.of(KEY, state(2))));
    assertThat(taken(there)).isEqualTo(granted(thereId, START.plus(LEASE), state(2)));

    entries().delete(KEY);
    assertThat(taken(here)).isEqualTo(granted(hereId, START.plus(LEASE), null));
  }

  @Test
  void completes_on_the_context_it_was_called_from() {
    Context context = vertx.getOrCreateContext();
    Promise<List<Context>> seen = Promise.promise();
    context.runOnContext(
        ignored -> {
          List<Context> contexts = new ArrayList<>();
          here.publish(Map.of("a", state(1), "b", state(1), "c", state(1)))
              .compose(done -> noted(contexts, here.read("a")))
              .compose(done -> noted(contexts, here.acquire(List.of("a"))))
              .compose(done -> noted(contexts, here.release(List.of("a"))))
              .map(done -> contexts)
              .onComplete(seen);
        });

    assertThat(await(seen.future())).hasSize(3).containsOnly(context);
  }

  @Test
  void returns_at_once_while_the_partition_is_busy() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EntryProcessor<String, CacheEntry, Void> wait =
        entry -> {
          busy.countDown();
          return awaitLatch(go);
        };
    entries().submitToKey(KEY, wait);
    assertThat(busy.await(5, SECONDS)).isTrue();

    // One step of several keys of the partition, one of a single key, and a read.
    List<Future<?>> calls =
        List.of(here.acquire(List.of(KEY)), here.publish(Map.of(KEY, state(1))), here.read(KEY));

    assertThat(calls).noneMatch(Future::isComplete);
    go.countDown();
    calls.forEach(StateCacheIT::await);
  }

  @Test
  void completions_start_no_threads() {
    await(here.read(KEY));
    long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();

    for (int i = 0; i < 200; i++) {
      await(here.publish(Map.of(KEY, state(i), "b", state(i), "c", state(i))));
      await(here.read(KEY));
    }

    long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before;
    assertThat(started).isLessThan(20);
  }

  @Test
  void an_entry_adds_less_than_sixty_bytes_to_its_state() {
    byte[] state = new byte[120];
    CacheEntry entry =
        new CacheEntry(new CachedState(Long.MAX_VALUE, state), hereId, Long.MAX_VALUE);

    int size =
        ((HazelcastInstanceProxy) hazelcast).getSerializationService().toData(entry).totalSize();

    assertThat(size - state.length).isLessThan(60);
  }

  @Test
  void fails_the_future_when_the_member_has_stopped() {
    HazelcastInstance stopped = member(CacheOptions.defaults());
    StateCache members = new HazelcastStateCache(vertx, stopped, lease(hereId));
    stopped.shutdown();

    assertThat(members.read(KEY)).matches(Future::failed);
    assertThat(members.publish(Map.of(KEY, state(1)))).matches(Future::failed);
    assertThat(members.acquire(List.of(KEY))).matches(Future::failed);
    assertThat(members.release(List.of(KEY))).matches(Future::failed);
  }

  @Test
  void remembers_no_more_and_no_longer_than_it_may() throws Exception {
    Duration second = Duration.ofSeconds(1);
    HazelcastInstance small = member(new CacheOptions(second, second, 1_000));
    try {
      StateCache members = new HazelcastStateCache(vertx, small, lease(hereId));
      for (int i = 0; i < 3_000; i++) {
        await(members.publish(Map.of("default/M-" + i, state(i))));
      }
      assertThat(small.getMap("points.cache").size()).isBetween(1, 1_100);

      await(members.publish(Map.of(KEY, state(1))));
      Await.letPass(
          "Hazelcast's idle limit: any look at the entry would prolong it",
          Duration.ofMillis(2_500));
      assertThat(await(members.read(KEY))).isEmpty();
    } finally {
      small.shutdown();
    }
  }

  private static HazelcastInstance member(CacheOptions options) {
    Config config = new Config();
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.partition.count", "31");
    config.getNetworkConfig().setPort(0);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    HazelcastStateCache.configure(config, options);
    return Hazelcast.newHazelcastInstance(config);
  }

  private StateCache node(UUID id) {
    return new HazelcastStateCache(vertx, hazelcast, lease(id));
  }

  private LeaseHolder lease(UUID id) {
    return new LeaseHolder(id, () -> Set.copyOf(present), () -> requireNonNull(now.get()), LEASE);
  }

  private static LeaseResult taken(StateCache node) {
    return requireNonNull(await(node.acquire(List.of(KEY))).get(KEY));
  }

  private static LeaseResult granted(UUID node, Instant until, @Nullable CachedState cached) {
    return new LeaseResult(true, node.toString(), until, cached);
  }

  private static CachedState state(long sequence) {
    return new CachedState(sequence, ("state " + sequence).getBytes(StandardCharsets.UTF_8));
  }

  private static IMap<String, CacheEntry> entries() {
    return hazelcast.getMap("points.cache");
  }

  private static <T> Future<T> noted(List<Context> contexts, Future<T> future) {
    return future.onComplete(done -> contexts.add(Vertx.currentContext()));
  }

  private static @Nullable Void awaitLatch(CountDownLatch latch) {
    try {
      latch.await(5, SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(10, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 10 s", late);
    }
  }
}
