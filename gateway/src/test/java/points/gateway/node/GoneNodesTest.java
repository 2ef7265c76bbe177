package points.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import points.cluster.peer.NoOtherPeers;
import points.cluster.peer.Peers;

class GoneNodesTest {

  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private final Cluster cluster = new Cluster();
  private final GoneNodes goneNodes = new GoneNodes(cluster);

  GoneNodesTest() {
    cluster.present.addAll(Set.of("self", "a", "b"));
    goneNodes.look();
    goneNodes.isAt("a", "a:1");
    goneNodes.isAt("b", "b:1");
  }

  @Test
  void a_node_that_is_declared_dead_stays_known_with_the_time_when_it_was_missed_first() {
    lose("a");
    assertThat(goneNodes.gone()).containsExactly(new GoneNode("a", TEN, false, "a:1"));

    cluster.missing.clear();
    after(Duration.ofMinutes(59));
    assertThat(goneNodes.gone()).containsExactly(new GoneNode("a", TEN, false, "a:1"));

    after(Duration.ofMinutes(2));
    assertThat(goneNodes.gone()).isEmpty();
  }

  @Test
  void a_node_that_announced_its_leave_was_stopped() {
    cluster.present.remove("b");
    goneNodes.look();
    assertThat(goneNodes.gone()).containsExactly(new GoneNode("b", TEN, true, "b:1"));
  }

  @Test
  void a_node_that_comes_back_or_is_replaced_is_gone_no_more() {
    lose("a");
    lose("b");
    cluster.missing.remove("a");
    cluster.present.add("a"); // It was cut off.
    cluster.missing.remove("b");
    cluster.present.add("c");
    goneNodes.look();
    assertThat(goneNodes.gone()).extracting(GoneNode::nodeId).containsExactly("b");
    assertThat(goneNodes.unknown()).containsExactlyInAnyOrder("self", "a", "c");

    goneNodes.isAt("c", "b:1"); // Started again: its id is new, its address is not.
    assertThat(goneNodes.gone()).isEmpty();
    assertThat(goneNodes.unknown()).containsExactlyInAnyOrder("self", "a");
  }

  @Test
  void a_report_that_comes_after_its_node_has_gone_changes_nothing() {
    lose("a");
    goneNodes.isAt("a", "a:1"); // It answered, and then it died.
    cluster.missing.clear();
    after(Duration.ofSeconds(1));

    assertThat(goneNodes.gone()).containsExactly(new GoneNode("a", TEN, false, "a:1"));
  }

  @Test
  void a_node_that_never_reported_has_no_address_and_none_replaces_it() {
    cluster.present.add("c");
    goneNodes.look();
    cluster.present.remove("c");
    goneNodes.look();
    assertThat(goneNodes.gone()).containsExactly(new GoneNode("c", TEN, true, null));
  }

  @Test
  void only_the_newest_are_kept() {
    for (int i = 0; i <= GoneNodes.KEPT_MAX; i++) {
      cluster.present.add("n" + i);
      goneNodes.look();
      cluster.present.remove("n" + i);
      after(Duration.ofSeconds(1));
    }
    assertThat(goneNodes.gone())
        .hasSize(GoneNodes.KEPT_MAX)
        .extracting(GoneNode::nodeId)
        .doesNotContain("n0")
        .contains("n1", "n" + GoneNodes.KEPT_MAX);
  }

  @Test
  void what_nodes_know_of_another_travels_between_them() {
    for (GoneNode gone :
        List.of(new GoneNode("a", TEN, false, "a:1"), new GoneNode("b", TEN, true, null))) {
      assertThat(GoneNode.of(gone.toJson())).isEqualTo(gone);
    }
  }

  private void lose(String node) {
    cluster.present.remove(node);
    cluster.missing.add(node);
    goneNodes.look();
  }

  private void after(Duration time) {
    cluster.now = cluster.now.plus(time);
    goneNodes.look();
  }

  /** A cluster whose nodes come and go as the test wants it. */
  private static final class Cluster implements Peers {
    private final Set<String> present = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private final Peers alone = new NoOtherPeers("self");
    private Instant now = TEN;

    @Override
    public String self() {
      return alone.self();
    }

    @Override
    public boolean isAlone() {
      return false;
    }

    @Override
    public String ownerOf(String key) {
      return self();
    }

    @Override
    public long ownership() {
      return 0;
    }

    @Override
    public boolean isResponsive(String node) {
      return present.contains(node);
    }

    @Override
    public boolean takesCommands(String node) {
      return isResponsive(node);
    }

    @Override
    public void announce(boolean takesCommands) {
      alone.announce(takesCommands);
    }

    @Override
    public boolean isConverged() {
      return missing.isEmpty();
    }

    @Override
    public Future<Void> announceUnpublished() {
      return alone.announceUnpublished();
    }

    @Override
    public void announcePublished() {
      alone.announcePublished();
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Set<String> present() {
      return Set.copyOf(present);
    }

    @Override
    public Set<String> missing() {
      return Set.copyOf(missing);
    }

    @Override
    public void declareDead(String node) {
      missing.remove(node);
    }
  }
}
