package points.cluster.cache;

import static java.util.concurrent.CompletableFuture.allOf;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state cache in a Hazelcast map, shared by all nodes. */
public final class HazelcastStateCache implements StateCache {
  private static final int JOIN_TRIES_MAX = 3;

  /** Entries of a partition that a merge sends in one piece. */
  private static final int MERGED_AT_ONCE = 500;

  private static final String MAP = "points.cache";

  private final Vertx vertx;
  private final IMap<String, CacheEntry> entries;
  private final PartitionService partitions;
  private final LeaseHolder lease;

  HazelcastStateCache(Vertx vertx, HazelcastInstance hazelcast, LeaseHolder lease) {
    this.vertx = vertx;
    this.entries = hazelcast.getMap(MAP);
    this.partitions = hazelcast.getPartitionService();
    this.lease = lease;
  }

  /**
   * Adds the map, its serializers and its merge policy to a Hazelcast configuration.
   *
   * <p>Hazelcast then completes its futures on threads of this class's own.
   */
  public static void configure(Config config, CacheOptions options) {
    HazelcastCallbackExecutor.install();
    config
        .getSerializationConfig()
        .getCompactSerializationConfig()
        .addSerializer(new CacheEntrySerializer());
    config
        .getSerializationConfig()
        .addDataSerializableFactory(CacheEntryProcessor.FACTORY_ID, CacheEntryProcessor.FACTORY);
    config.addMapConfig(
        new MapConfig(MAP)
            // Steps outnumber reads, and find the entry as it is; a read copies it.
            .setInMemoryFormat(InMemoryFormat.OBJECT)
            // A take-over starts from the backup instead of a storm of queries; alone, nothing is
            // copied.
            .setBackupCount(1)
            .setStatisticsEnabled(false)
            .setMergePolicyConfig(
                new MergePolicyConfig(HighestSequenceMergePolicy.class.getName(), MERGED_AT_ONCE))
            .setMaxIdleSeconds(Math.toIntExact(options.idle().toSeconds()))
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                    .setSize(options.entriesMax())));
  }

  /**
   * Joins in. Blocks while the map is made and its format made known to all nodes: doing so at
   * first use would block an event loop.
   *
   * @param nodeAttribute the member attribute that holds each node's id, a UUID
   */
  public static StateCache join(
      HazelcastInstance hazelcast, Vertx vertx, String nodeAttribute, CacheOptions options) {
    UUID node =
        UUID.fromString(hazelcast.getCluster().getLocalMember().getAttribute(nodeAttribute));
    Supplier<Set<UUID>> present =
        () ->
            hazelcast.getCluster().getMembers().stream()
                .flatMap(member -> Stream.ofNullable(member.getAttribute(nodeAttribute)))
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet());
    LeaseHolder lease =
        new LeaseHolder(
            node,
            present,
            () -> Instant.ofEpochMilli(hazelcast.getCluster().getClusterTime()),
            options.lease());
    HazelcastStateCache members = new HazelcastStateCache(vertx, hazelcast, lease);
    members.useOnce(node.toString());
    return members;
  }

  /** While another node joins, the answer of a backup may get lost: then it is done again. */
  private void useOnce(String key) {
    for (int tries = 1; ; tries++) {
      try {
        entries.set(key, CacheEntry.EMPTY);
        entries.delete(key);
        return;
      } catch (IndeterminateOperationStateException e) {
        if (tries == JOIN_TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  @Override
  public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
    return onCallersContext(() -> entries.submitToKeys(Set.copyOf(keys), lease.acquire()))
        .map(this::answers);
  }

  @Override
  public Future<Void> publish(Map<String, CachedState> newest) {
    return onCallersContext(
        () ->
            allOf(
                byPartition(newest).values().stream()
                    .map(this::publishTogether)
                    .toArray(CompletableFuture[]::new)));
  }

  @Override
  public Future<Optional<CachedState>> read(String key) {
    return onCallersContext(() -> entries.getAsync(key))
        .map(entry -> Optional.ofNullable(entry).map(CacheEntry::cached));
  }

  @Override
  public Future<Void> release(Collection<String> keys) {
    return onCallersContext(() -> entries.submitToKeys(Set.copyOf(keys), lease.release()))
        .mapEmpty();
  }

  @Override
  public Future<Void> clear() {
    return vertx
        .executeBlocking(
            () -> {
              entries.clear();
              return entries;
            })
        .mapEmpty();
  }

  /** A backup copies whole steps, so a step holds one partition's members, not the batch. */
  private Map<Integer, Map<String, CachedState>> byPartition(Map<String, CachedState> newest) {
    Map<Integer, Map<String, CachedState>> groups = new HashMap<>();
    newest.forEach(
        (key, cached) ->
            groups
                .computeIfAbsent(
                    partitions.getPartition(key).getPartitionId(), id -> new HashMap<>())
                .put(key, cached));
    return groups;
  }

  private CompletableFuture<?> publishTogether(Map<String, CachedState> group) {
    PublishState step = lease.publish(group);
    // One key alone takes a shorter way, at half the cost.
    CompletionStage<?> published =
        group.size() == 1
            ? entries.submitToKey(group.keySet().iterator().next(), step)
            : entries.submitToKeys(group.keySet(), step);
    return published.toCompletableFuture();
  }

  private Map<String, LeaseResult> answers(Map<String, CacheEntry> left) {
    Map<String, LeaseResult> answers = new HashMap<>();
    left.forEach(
        (key, entry) ->
            answers.put(
                key,
                new LeaseResult(
                    entry.holder().equals(lease.node()),
                    entry.holder().toString(),
                    Instant.ofEpochMilli(entry.untilMillis()),
                    entry.cached())));
    return answers;
  }

  private <T extends @Nullable Object> Future<T> onCallersContext(
      Supplier<CompletionStage<T>> call) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    try {
      call.get()
          .whenCompleteAsync(
              (value, failure) -> {
                if (failure == null) {
                  promise.complete(value);
                } else {
                  promise.fail(causeOf(failure));
                }
              },
              task -> context.runOnContext(ignored -> task.run()));
    } catch (RuntimeException stopped) {
      // An instance that was shut down throws instead of failing its future.
      promise.fail(stopped);
    }
    return promise.future();
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
