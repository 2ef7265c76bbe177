package points.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.bus.FrameRefusals;
import points.cluster.bus.RepeatedRegistrations;
import points.cluster.bus.SealedBus;
import points.cluster.cache.CacheOptions;
import points.cluster.cache.HazelcastStateCache;
import points.cluster.cache.LocalStateCache;
import points.cluster.cache.StateCache;
import points.cluster.peer.EventBusPeers;
import points.cluster.peer.NoOtherPeers;
import points.cluster.peer.Peers;

/**
 * This node's part in a cluster: a Hazelcast member and the clustered Vert.x that stands on it. A
 * node that is alone has neither: its Vert.x is a plain one, and no port is open.
 */
public final class Cluster {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final int JOIN_TRIES_MAX = 5;
  private static final Duration VERTX_START_MAX = Duration.ofSeconds(30);
  private static final long LEAVE_MS = 2_000;
  private static final Duration VERTX_CLOSE_MAX = Duration.ofSeconds(10);

  /** The parts that only a node has that is not alone. */
  private record Joined(HazelcastInstance hazelcast, EventBusPeers peers) {}

  private final @Nullable Joined joined;
  private final Vertx vertx;
  private final StateCache stateCache;
  private final Peers peers;
  private final FrameRefusals refusals;
  private final Promise<Void> closed = Promise.promise();
  private boolean closing;

  private Cluster(Joined joined, Vertx vertx, StateCache stateCache, FrameRefusals refusals) {
    this.joined = joined;
    this.vertx = vertx;
    this.stateCache = stateCache;
    this.peers = joined.peers();
    this.refusals = refusals;
  }

  /** A node that is alone. */
  private Cluster(Vertx vertx, String node, CacheOptions options) {
    this.joined = null;
    this.vertx = vertx;
    this.stateCache = new LocalStateCache(node, options);
    this.peers = new NoOtherPeers(node);
    this.refusals = new FrameRefusals();
  }

  /**
   * Starts the node on a thread of its own; the future completes there. Fails, leaving nothing
   * behind, when an address cannot be used.
   *
   * @param vertxOptions where the event bus listens is set by {@code options} instead
   * @param builder carries metrics or tracing; its options, cluster manager and transport are
   *     replaced
   */
  public static Future<Cluster> start(
      ClusterOptions options, VertxOptions vertxOptions, VertxBuilder builder) {
    return onThread("points-cluster-start", () -> join(options, vertxOptions, builder));
  }

  /** Vert.x, clustered unless this node is alone. Closing it is left to {@link #close}. */
  public Vertx vertx() {
    return vertx;
  }

  /** The states of busy members, which the nodes remember together. */
  public StateCache stateCache() {
    return stateCache;
  }

  /** The other nodes, and who owns what. */
  public Peers peers() {
    return peers;
  }

  /**
   * This node's id, a UUID new at every start: the same that holds leases and that Vert.x goes by.
   */
  public String nodeId() {
    return peers.self();
  }

  /**
   * Leaves the cluster in order, and closes Vert.x.
   *
   * <p>The node announces to the other nodes that it leaves, closes Vert.x with all that is
   * deployed, then hands its entries to the others and leaves. Waits at most 10 seconds for each,
   * then goes on without. The future completes on a thread of its own. Calling again returns the
   * same future.
   */
  public Future<Void> close() {
    synchronized (closed) {
      if (!closing) {
        closing = true;
        onThread("points-cluster-close", this::leave).onComplete(closed);
      }
    }
    return closed.future();
  }

  /** Counts what was refused at the port of the event bus; nothing on a node that is alone. */
  public FrameRefusals refusals() {
    return refusals;
  }

  /** Of a node that is not alone. */
  HazelcastInstance hazelcast() {
    return Objects.requireNonNull(joined, "this node is alone").hazelcast();
  }

  /**
   * Joins the cluster, and starts anew if another node joins at the same moment.
   *
   * <p>Then the answer of a backup may get lost, and with it the certainty that Vert.x's record of
   * this node is known.
   */
  private static Cluster join(
      ClusterOptions options, VertxOptions vertxOptions, VertxBuilder builder) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        return form(options, vertxOptions, builder);
      } catch (Exception failure) { // whatever Hazelcast and Vert.x wrap the cause in
        if (tries == JOIN_TRIES_MAX || !RepeatedRegistrations.isIndeterminate(failure)) {
          throw failure;
        }
        log.info("joining again: {}", failure.toString());
      }
    }
  }

  private static Cluster form(
      ClusterOptions options, VertxOptions vertxOptions, VertxBuilder builder) throws Exception {
    ClusterSecret secret = options.secret();
    if (options.isAlone() || secret == null) {
      Vertx vertx = builder.with(vertxOptions).build();
      return new Cluster(vertx, UUID.randomUUID().toString(), options.cache());
    }
    var bus = new SealedBus(secret.keyFor("event bus of " + options.name()));
    HazelcastInstance hazelcast =
        Hazelcast.newHazelcastInstance(HazelcastConfiguration.of(options));
    Vertx vertx = null;
    try {
      vertx =
          await(
              bus.gate(builder, options.bus().host(), options.bus().port())
                  .with(withBus(vertxOptions, options.bus()))
                  .withClusterManager(new RepeatedRegistrations(hazelcast))
                  .buildClustered(),
              VERTX_START_MAX);
      return meet(hazelcast, vertx, bus, options);
    } catch (Exception failure) { // any, for no half of a node may stay in the cluster
      if (vertx != null) {
        vertx.close();
      }
      hazelcast.getLifecycleService().terminate();
      throw failure;
    }
  }

  private static Cluster meet(
      HazelcastInstance hazelcast, Vertx vertx, SealedBus bus, ClusterOptions options)
      throws Exception {
    String attribute = HazelcastConfiguration.NODE_ATTRIBUTE;
    bus.open(vertx, hazelcast.getCluster().getLocalMember().getAttribute(attribute));
    StateCache cache = HazelcastStateCache.join(hazelcast, vertx, attribute, options.cache());
    EventBusPeers peers = await(EventBusPeers.meet(vertx, hazelcast, attribute), VERTX_START_MAX);
    return new Cluster(new Joined(hazelcast, peers), vertx, cache, bus.refusals());
  }

  private static VertxOptions withBus(VertxOptions vertxOptions, ListenAddress bus) {
    VertxOptions copy = new VertxOptions(vertxOptions);
    copy.setMetricsOptions(vertxOptions.getMetricsOptions()); // a copy of those forgets its type
    copy.getEventBusOptions().setHost(bus.host()).setPort(bus.port());
    return copy;
  }

  private @Nullable Void leave() throws Exception {
    try {
      if (joined != null) {
        await(
            joined
                .peers()
                .announceLeave()
                .timeout(LEAVE_MS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty(),
            VERTX_CLOSE_MAX);
      }
      await(vertx.close(), VERTX_CLOSE_MAX);
    } catch (TimeoutException | ExecutionException failure) {
      log.warn("Vert.x did not close in order; leaving the cluster nevertheless", failure);
    } finally {
      if (joined != null) {
        joined.hazelcast().shutdown();
      }
    }
    return null;
  }

  private static <T> T await(Future<T> future, Duration atMost) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T extends @Nullable Object> Future<T> onThread(String name, Callable<T> work) {
    Promise<T> promise = Promise.promise();
    new Thread(
            () -> {
              try {
                promise.complete(work.call());
              } catch (Exception failure) { // any, for the caller waits for the promise
                promise.fail(failure);
              }
            },
            name)
        .start();
    return promise.future();
  }
}
