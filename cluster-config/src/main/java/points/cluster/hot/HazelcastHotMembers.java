package points.cluster.hot;

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

/** Hot members in a Hazelcast map. */
public final class HazelcastHotMembers implements HotMembers {
  private static final int JOIN_TRIES_MAX = 3;

  /** Entries of a partition that a merge sends in one piece. */
  private static final int MERGED_AT_ONCE = 500;

  private static final String MAP = "points.hot";

  private final Vertx vertx;
  private final IMap<String, HotEntry> entries;
  private final PartitionService partitions;
  private final Lessee lessee;

  HazelcastHotMembers(Vertx vertx, HazelcastInstance hazelcast, Lessee lessee) {
    this.vertx = vertx;
    this.entries = hazelcast.getMap(MAP);
    this.partitions = hazelcast.getPartitionService();
    this.lessee = lessee;
  }

  /** Adds to a Hazelcast configuration what hot members need of it. */
  public static void configure(Config config, HotOptions options) {
    config
        .getSerializationConfig()
        .getCompactSerializationConfig()
        .addSerializer(new HotEntrySerializer());
    config
        .getSerializationConfig()
        .addDataSerializableFactory(EntryStep.FACTORY_ID, EntryStep.FACTORY);
    config.addMapConfig(
        new MapConfig(MAP)
            // Steps outnumber reads, and find the entry as it is; a read copies it.
            .setInMemoryFormat(InMemoryFormat.OBJECT)
            // A take-over starts from the backup instead of a storm of queries; alone, nothing is
            // copied.
            .setBackupCount(1)
            .setStatisticsEnabled(false)
            .setMergePolicyConfig(
                new MergePolicyConfig(HigherSequence.class.getName(), MERGED_AT_ONCE))
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
  public static HotMembers join(
      HazelcastInstance hazelcast, Vertx vertx, String nodeAttribute, HotOptions options) {
    UUID node =
        UUID.fromString(hazelcast.getCluster().getLocalMember().getAttribute(nodeAttribute));
    Supplier<Set<UUID>> present =
        () ->
            hazelcast.getCluster().getMembers().stream()
                .flatMap(member -> Stream.ofNullable(member.getAttribute(nodeAttribute)))
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet());
    Lessee lessee =
        new Lessee(
            node,
            present,
            () -> Instant.ofEpochMilli(hazelcast.getCluster().getClusterTime()),
            options.lease());
    HazelcastHotMembers members = new HazelcastHotMembers(vertx, hazelcast, lessee);
    members.useOnce(node.toString());
    return members;
  }

  /** While another node joins, the answer of a backup may get lost: then it is done again. */
  private void useOnce(String key) {
    for (int tries = 1; ; tries++) {
      try {
        entries.set(key, HotEntry.EMPTY);
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
  public Future<Map<String, Taken>> take(Collection<String> keys) {
    return onCallersContext(() -> entries.submitToKeys(Set.copyOf(keys), lessee.take()))
        .map(this::answers);
  }

  @Override
  public Future<Void> publish(Map<String, Hot> newest) {
    return onCallersContext(
        () ->
            allOf(
                byPartition(newest).values().stream()
                    .map(this::publishTogether)
                    .toArray(CompletableFuture[]::new)));
  }

  @Override
  public Future<Optional<Hot>> read(String key) {
    return onCallersContext(() -> entries.getAsync(key))
        .map(entry -> Optional.ofNullable(entry).map(HotEntry::hot));
  }

  @Override
  public Future<Void> giveUp(Collection<String> keys) {
    return onCallersContext(() -> entries.submitToKeys(Set.copyOf(keys), lessee.giveUp()))
        .mapEmpty();
  }

  @Override
  public Future<Void> forget(String key) {
    return onCallersContext(() -> entries.deleteAsync(key)).mapEmpty();
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
  private Map<Integer, Map<String, Hot>> byPartition(Map<String, Hot> newest) {
    Map<Integer, Map<String, Hot>> groups = new HashMap<>();
    newest.forEach(
        (key, hot) ->
            groups
                .computeIfAbsent(
                    partitions.getPartition(key).getPartitionId(), id -> new HashMap<>())
                .put(key, hot));
    return groups;
  }

  private CompletableFuture<?> publishTogether(Map<String, Hot> group) {
    Publish step = lessee.publish(group);
    // One key alone takes a shorter way, at half the cost.
    CompletionStage<?> published =
        group.size() == 1
            ? entries.submitToKey(group.keySet().iterator().next(), step)
            : entries.submitToKeys(group.keySet(), step);
    return published.toCompletableFuture();
  }

  private Map<String, Taken> answers(Map<String, HotEntry> left) {
    Map<String, Taken> answers = new HashMap<>();
    left.forEach(
        (key, entry) ->
            answers.put(
                key,
                new Taken(
                    entry.holder().equals(lessee.node()),
                    entry.holder().toString(),
                    Instant.ofEpochMilli(entry.untilMillis()),
                    entry.hot())));
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
