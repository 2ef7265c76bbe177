package points.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.cluster.Discovery.Member;
import points.cluster.cache.CacheOptions;
import points.cluster.cache.CachedState;
import points.cluster.fixture.Await;
import points.cluster.fixture.FreePort;
import points.cluster.peer.EventBusPeers;
import points.cluster.peer.Peers;

/** Nodes that find each other by a list, on one machine. */
final class FormingIT {

  private static final ClusterSecret SECRET =
      new ClusterSecret("what-only-the-nodes-of-this-cluster-know");

  private static final Duration FOUR_HEARTBEATS = Duration.ofMillis(800);

  private final List<Member> members =
      IntStream.range(0, 3).mapToObj(i -> new Member("127.0.0.1", FreePort.next())).toList();
  private final List<Cluster> nodes = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (Cluster node : nodes) {
      node.close().await(30, SECONDS);
    }
  }

  @Test
  void three_listed_nodes_know_each_other_and_agree_on_owners() throws Exception {
    startAll();

    for (Cluster node : nodes) {
      assertThat(node.peers().present())
          .containsExactlyInAnyOrderElementsOf(nodes.stream().map(Cluster::nodeId).toList());
    }
    for (String key : List.of("default/a", "default/b", "default/c", "default/d")) {
      assertThat(nodes.stream().map(node -> node.peers().ownerOf(key)).distinct()).hasSize(1);
    }
  }

  @Test
  void a_state_published_on_one_node_is_read_on_every_other() throws Exception {
    startAll();
    var hot = new CachedState(7, new byte[] {1, 2, 3});
    nodes.get(0).stateCache().publish(Map.of("default/m", hot)).await(5, SECONDS);

    for (Cluster node : nodes) {
      assertThat(node.stateCache().read("default/m").await(5, SECONDS)).contains(hot);
    }
  }

  @Test
  void only_a_node_that_says_so_takes_commands() throws Exception {
    startAll();
    Cluster one = nodes.get(0);
    Cluster two = nodes.get(1);
    assertThat(one.peers().takesCommands(two.nodeId())).isFalse();

    two.peers().announce(true);
    Await.until("the second node to take commands", () -> one.peers().takesCommands(two.nodeId()));
  }

  @Test
  void a_node_that_leaves_in_order_is_not_missed() throws Exception {
    startAll();
    Cluster leaver = nodes.remove(2);
    leaver.close().await(30, SECONDS);

    for (Cluster node : nodes) {
      Await.until("two nodes to be there", () -> node.peers().present().size() == 2);
      assertThat(node.peers().missing()).isEmpty();
      Await.until("all nodes to see the same nodes", () -> node.peers().isConverged());
    }
  }

  /** Vert.x would warn of a call to a closed port or by a closed client, with a stack trace. */
  @Test
  void a_node_that_has_announced_its_leave_sends_and_gets_no_heartbeats() throws Exception {
    startAll();
    Cluster leaver = nodes.remove(2);
    ((EventBusPeers) leaver.peers()).announceLeave().await(5, SECONDS);
    Set<String> calledByLeaver = called(leaver);
    Set<String> calledByOthers = called(nodes.get(0));
    String other = nodes.get(1).nodeId();
    Await.until("heartbeats", () -> calledByOthers.stream().anyMatch(it -> it.endsWith(other)));

    Await.throughout(
        "nobody calls it, and it calls nobody",
        FOUR_HEARTBEATS,
        () ->
            calledByLeaver.isEmpty()
                && calledByOthers.stream().noneMatch(it -> it.endsWith(leaver.nodeId())));
    leaver.close().await(30, SECONDS);
  }

  /** The addresses to which a node sends something from now on. */
  private static Set<String> called(Cluster node) {
    Set<String> addresses = ConcurrentHashMap.newKeySet();
    node.vertx()
        .eventBus()
        .<Object>addOutboundInterceptor(
            sending -> {
              addresses.add(sending.message().address());
              sending.next();
            });
    return addresses;
  }

  @Test
  void a_node_that_is_lost_is_missed_until_it_is_known_to_be_gone() throws Exception {
    startAll();
    Cluster lost = nodes.remove(2);
    lost.hazelcast().getLifecycleService().terminate();

    for (Cluster node : nodes) {
      Await.until(
          "the lost node to be missed", () -> node.peers().missing().contains(lost.nodeId()));
      assertThat(node.peers().isConverged()).isFalse();
    }
    nodes.get(0).peers().declareDead(lost.nodeId());
    Await.throughout(
        "the other node still misses it",
        FOUR_HEARTBEATS,
        () -> !nodes.get(0).peers().isConverged());
    nodes.get(1).peers().declareDead(lost.nodeId());
    for (Cluster node : nodes) {
      Await.until("all nodes to see the same nodes", () -> node.peers().isConverged());
    }
    lost.vertx().close().await(10, SECONDS);
  }

  @Test
  void no_node_serves_cached_states_while_one_has_unpublished_commits() throws Exception {
    startAll();
    Peers unseen = nodes.get(0).peers();
    unseen.announceUnpublished().await(5, SECONDS);
    assertThat(nodes).noneMatch(node -> node.peers().isConverged());

    unseen.announcePublished();
    for (Cluster node : nodes) {
      Await.until("all nodes to see the same nodes", () -> node.peers().isConverged());
    }
  }

  @Test
  void a_node_that_leaves_with_unpublished_commits_is_missing() throws Exception {
    startAll();
    Cluster leaver = nodes.remove(2);
    leaver.peers().announceUnpublished().await(5, SECONDS);
    leaver.close().await(30, SECONDS);

    for (Cluster node : nodes) {
      Await.until(
          "the leaver to be missed", () -> node.peers().missing().contains(leaver.nodeId()));
      assertThat(node.peers().isConverged()).isFalse();
    }
  }

  @Test
  void a_node_of_another_cluster_is_not_let_in() throws Exception {
    nodes.add(start("points", members.get(0)));
    nodes.add(start("another", members.get(1)));

    assertThat(nodes.get(0).peers().present()).hasSize(1);
    assertThat(nodes.get(1).peers().present()).hasSize(1);
  }

  private void startAll() throws Exception {
    for (Member member : members) {
      nodes.add(start("points", member));
    }
    for (Cluster node : nodes) {
      Await.until("the cluster to be complete", () -> isComplete(node.peers()));
    }
  }

  /**
   * Who had to join again has left another id behind. That such a node is gone, and not cut off, is
   * known from the database's sessions, of which there are none here.
   */
  private static boolean isComplete(Peers peers) {
    peers.missing().forEach(peers::declareDead);
    return peers.present().size() == 3 && peers.isConverged();
  }

  private Cluster start(String name, Member member) throws Exception {
    var options =
        new ClusterOptions(
            name,
            new Discovery.Listed(members),
            new ListenAddress(member.host(), member.port()),
            ListenAddress.loopback(),
            SECRET,
            CacheOptions.defaults());
    return Cluster.start(options, new VertxOptions(), Vertx.builder()).await(60, SECONDS);
  }
}
