package points.cluster.peer;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.partition.ReplicaMigrationEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of a cluster, with the members that they own and whether they are alive.
 *
 * <p>Owners come from Hazelcast's partition table, liveness from heartbeats over the event bus,
 * five a second between each two nodes. Commands take the same way, so a heartbeat shows whether a
 * command would arrive. Hazelcast's own heartbeats take seconds to notice a silent node.
 */
public final class EventBusPeers implements Peers {

  private static final Logger LOG = LoggerFactory.getLogger(EventBusPeers.class);
  private static final String HEARTBEATS = "points.peer.heartbeats.";
  private static final String LEAVES = "points.peer.leaves.";
  private static final long PERIOD_MS = 200;
  private static final long HEARTBEAT_MS = 1_000;
  private static final long LEAVE_MS = 500;

  /** More than two machines' clocks can drift apart while a silence lasts. */
  private static final Duration CLOCK_DRIFT_MAX = Duration.ofMillis(50);

  private final Vertx vertx;
  private final Cluster cluster;
  private final PartitionService partitions;
  private final String nodeAttribute;
  private final String self;
  private final FailureDetector detector = new FailureDetector(System::nanoTime);
  private final AtomicLong ownership = new AtomicLong();
  private volatile boolean takesCommands;
  private volatile long heartbeatTimer;

  private EventBusPeers(Vertx vertx, HazelcastInstance hazelcast, String nodeAttribute) {
    this.vertx = vertx;
    this.cluster = hazelcast.getCluster();
    this.partitions = hazelcast.getPartitionService();
    this.nodeAttribute = nodeAttribute;
    this.self = nodeOf(cluster.getLocalMember(), nodeAttribute);
  }

  /**
   * Starts the heartbeats, which end when Vert.x is closed. Completes when the other nodes can
   * reach this node.
   *
   * @param nodeAttribute the member attribute that holds each node's id
   */
  public static Future<EventBusPeers> meet(
      Vertx vertx, HazelcastInstance hazelcast, String nodeAttribute) {
    var peers = new EventBusPeers(vertx, hazelcast, nodeAttribute);
    peers.watch(hazelcast);
    peers.watchOwners();
    var heartbeats =
        vertx.eventBus().<Object>consumer(HEARTBEATS + peers.self, peers::answerHeartbeat);
    var leaves = vertx.eventBus().<String>consumer(LEAVES + peers.self, peers::onLeave);
    peers.heartbeatTimer = vertx.setPeriodic(PERIOD_MS, id -> peers.ask());
    return Future.all(heartbeats.completion(), leaves.completion()).map(peers);
  }

  private void watch(HazelcastInstance hazelcast) {
    look();
    cluster.addMembershipListener(
        new MembershipListener() {
          @Override
          public void memberAdded(MembershipEvent event) {
            vertx.runOnContext(nothing -> look());
          }

          @Override
          public void memberRemoved(MembershipEvent event) {
            vertx.runOnContext(nothing -> look());
          }
        });
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGING) {
                detector.merging();
              } else if (event.getState() == LifecycleState.MERGED
                  || event.getState() == LifecycleState.MERGE_FAILED) {
                detector.merged();
              }
            });
  }

  private void watchOwners() {
    partitions.addMigrationListener(
        new MigrationListener() {
          @Override
          public void migrationStarted(MigrationState state) {
            // the old owners decide until their part has moved
          }

          @Override
          public void migrationFinished(MigrationState state) {
            ownership.incrementAndGet();
          }

          @Override
          public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            // migrationFinished covers it
          }

          @Override
          public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            // migrationFinished covers it
          }
        });
  }

  /**
   * Compares Hazelcast's list of members with the known nodes. Hazelcast's events usually come
   * sooner, but may be seconds late, because they wait for each other and for other listeners.
   */
  private synchronized void look() {
    Set<String> seen =
        cluster.getMembers().stream()
            .map(it -> nodeOf(it, nodeAttribute))
            .collect(Collectors.toSet());
    Set<String> known = detector.present();
    for (String node : seen) {
      if (!node.equals(self) && !known.contains(node)) {
        LOG.info("node {} is in the cluster", node);
        detector.joined(node);
      }
    }
    for (String node : known) {
      if (!seen.contains(node)) {
        detector.left(node);
        LOG.info("node {} is in the cluster no more; missing now: {}", node, detector.missing());
      }
    }
    detector.view(seen.hashCode());
  }

  private static String nodeOf(Member member, String nodeAttribute) {
    return String.valueOf(member.getAttribute(nodeAttribute));
  }

  private void answerHeartbeat(Message<Object> message) {
    message.reply(
        new Heartbeat(
                takesCommands,
                detector.hasPublishedAll(),
                !detector.missing().isEmpty(),
                detector.view())
            .toBits());
  }

  private void onLeave(Message<String> leave) {
    detector.leaves(leave.body());
    leave.reply("");
  }

  private void ask() {
    look();
    for (String node : detector.expectedToAnswer()) {
      long askedNanos = System.nanoTime();
      vertx
          .eventBus()
          .<Long>request(HEARTBEATS + node, "", within(HEARTBEAT_MS))
          .onSuccess(answer -> detector.answered(node, Heartbeat.of(answer.body()), askedNanos))
          .onFailure(cause -> LOG.debug("node {} does not answer: {}", node, cause.toString()));
    }
  }

  private static DeliveryOptions within(long millis) {
    return new DeliveryOptions().setSendTimeout(millis);
  }

  @Override
  public void announce(boolean does) {
    takesCommands = does;
  }

  /**
   * Announces that this node leaves, so that the others do not count it as missing. A node with
   * unpublished commits does not announce it: being missing, it keeps the others from serving
   * cached states. Completes when they have answered, or after half a second.
   */
  public Future<Void> announceLeave() {
    takesCommands = false;
    vertx.cancelTimer(heartbeatTimer); // Vert.x closes its client before it ends the timers
    if (!detector.hasPublishedAll()) {
      return Future.succeededFuture();
    }
    return Future.join(
            detector.present().stream()
                .map(node -> vertx.eventBus().request(LEAVES + node, self, within(LEAVE_MS)))
                .toList())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public boolean isAlone() {
    return false;
  }

  @Override
  public long ownership() {
    return ownership.get();
  }

  @Override
  public String ownerOf(String key) {
    if (detector.isEmpty()) {
      return self;
    }
    Member owner = partitions.getPartition(key).getOwner();
    return owner == null || owner.localMember() ? self : nodeOf(owner, nodeAttribute);
  }

  @Override
  public boolean isResponsive(String node) {
    return detector.isResponsive(node);
  }

  @Override
  public boolean takesCommands(String node) {
    return detector.takesCommands(node);
  }

  @Override
  public boolean isConverged() {
    // Not only what was seen at the last look: a member may be gone since, and its part moved.
    return detector.isConverged() && cluster.getMembers().size() == detector.size() + 1;
  }

  @Override
  public Future<Void> announceUnpublished() {
    detector.setUnpublished(true);
    return vertx.timer(FailureDetector.SILENCE_MAX.plus(CLOCK_DRIFT_MAX).toMillis()).mapEmpty();
  }

  @Override
  public void announcePublished() {
    detector.setUnpublished(false);
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(cluster.getClusterTime());
  }

  @Override
  public Set<String> present() {
    var nodes = new HashSet<>(detector.present());
    nodes.add(self);
    return Set.copyOf(nodes);
  }

  @Override
  public Set<String> missing() {
    return detector.missing();
  }

  @Override
  public void declareDead(String node) {
    detector.declareDead(node);
  }
}
