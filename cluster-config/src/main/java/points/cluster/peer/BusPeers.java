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
 * Owners by Hazelcast's partition table; and each node asks each other one five times a second,
 * over the event bus, whether it is there. That is the way that commands go, so what is measured is
 * what counts; Hazelcast's own heartbeats take seconds to notice a node that says nothing.
 */
public final class BusPeers implements Peers {

  private static final Logger LOG = LoggerFactory.getLogger(BusPeers.class);
  private static final String GREETINGS = "points.peer.greetings.";
  private static final String FAREWELLS = "points.peer.farewells.";
  private static final long PERIOD_MS = 200;
  private static final long ANSWER_MS = 1_000;
  private static final long FAREWELL_MS = 500;

  /** More than the clocks of two machines differ by in the time that a silence may last. */
  private static final Duration PACES = Duration.ofMillis(50);

  private final Vertx vertx;
  private final Cluster cluster;
  private final PartitionService partitions;
  private final String nodeAttribute;
  private final String self;
  private final Roster roster = new Roster(System::nanoTime);
  private final AtomicLong ownership = new AtomicLong();
  private volatile boolean takesCommands;

  private BusPeers(Vertx vertx, HazelcastInstance hazelcast, String nodeAttribute) {
    this.vertx = vertx;
    this.cluster = hazelcast.getCluster();
    this.partitions = hazelcast.getPartitionService();
    this.nodeAttribute = nodeAttribute;
    this.self = nodeOf(cluster.getLocalMember());
  }

  /**
   * Looks for the others from now on, until Vert.x is closed. Completes when the others can find
   * this node.
   *
   * @param nodeAttribute the member attribute that holds each node's id
   */
  public static Future<BusPeers> meet(
      Vertx vertx, HazelcastInstance hazelcast, String nodeAttribute) {
    var peers = new BusPeers(vertx, hazelcast, nodeAttribute);
    peers.watch(hazelcast);
    peers.watchOwners();
    var greetings = vertx.eventBus().<Object>consumer(GREETINGS + peers.self, peers::greet);
    var farewells = vertx.eventBus().<String>consumer(FAREWELLS + peers.self, peers::onFarewell);
    vertx.setPeriodic(PERIOD_MS, id -> peers.ask());
    return Future.all(greetings.completion(), farewells.completion()).map(peers);
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
                roster.merging();
              } else if (event.getState() == LifecycleState.MERGED
                  || event.getState() == LifecycleState.MERGE_FAILED) {
                roster.merged();
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
            // told of all together
          }

          @Override
          public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            // told of all together
          }
        });
  }

  /**
   * Looks who is in the cluster. The events tell it sooner, or seconds later: they wait for each
   * other, and for what others do about them.
   */
  private synchronized void look() {
    Set<String> seen = cluster.getMembers().stream().map(this::nodeOf).collect(Collectors.toSet());
    Set<String> known = roster.present();
    for (String node : seen) {
      if (!node.equals(self) && !known.contains(node)) {
        LOG.info("node {} is in the cluster", node);
        roster.joined(node);
      }
    }
    for (String node : known) {
      if (!seen.contains(node)) {
        roster.left(node);
        LOG.info("node {} is in the cluster no more; missing now: {}", node, roster.missing());
      }
    }
    roster.view(seen.hashCode());
  }

  private String nodeOf(Member member) {
    return String.valueOf(member.getAttribute(nodeAttribute));
  }

  private void greet(Message<Object> message) {
    message.reply(new Greeting(takesCommands, roster.isSettled(), roster.view()).toBits());
  }

  private void onFarewell(Message<String> farewell) {
    roster.leaves(farewell.body());
    farewell.reply("");
  }

  private void ask() {
    look();
    for (String node : roster.present()) {
      long askedNanos = System.nanoTime();
      vertx
          .eventBus()
          .<Long>request(GREETINGS + node, "", within(ANSWER_MS))
          .onSuccess(answer -> roster.answered(node, Greeting.of(answer.body()), askedNanos))
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
   * Tells the others that this node is about to leave and has no command any more, so that nobody
   * takes it for missing. One that has committed what they cannot see goes without a word, so that
   * they do not rely on what they remember. Completes when they know, or after half a second.
   */
  public Future<Void> sayFarewell() {
    takesCommands = false;
    if (!roster.isSettled()) {
      return Future.succeededFuture();
    }
    return Future.join(
            roster.present().stream()
                .map(node -> vertx.eventBus().request(FAREWELLS + node, self, within(FAREWELL_MS)))
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
    if (roster.isEmpty()) {
      return self;
    }
    Member owner = partitions.getPartition(key).getOwner();
    return owner == null || owner.localMember() ? self : nodeOf(owner);
  }

  @Override
  public boolean answers(String node) {
    return roster.answers(node);
  }

  @Override
  public boolean takesCommands(String node) {
    return roster.takesCommands(node);
  }

  @Override
  public boolean isWhole() {
    // Not only what was seen at the last look: a member may be gone since, and its part moved.
    return roster.isWhole() && cluster.getMembers().size() == roster.size() + 1;
  }

  @Override
  public Future<Void> tellUnsettled() {
    roster.setUnsettled(true);
    return vertx.timer(Roster.WHOLE_MAX.plus(PACES).toMillis()).mapEmpty();
  }

  @Override
  public void tellSettled() {
    roster.setUnsettled(false);
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(cluster.getClusterTime());
  }

  @Override
  public Set<String> present() {
    var nodes = new HashSet<>(roster.present());
    nodes.add(self);
    return Set.copyOf(nodes);
  }

  @Override
  public Set<String> missing() {
    return roster.missing();
  }

  @Override
  public void gone(String node) {
    roster.gone(node);
  }
}
