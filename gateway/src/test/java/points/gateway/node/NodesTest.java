package points.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.cluster.peer.NoOtherPeers;
import points.cluster.peer.Peers;
import points.gateway.node.NodeStatus.State;

class NodesTest {

  private static final NodeReport REPORT =
      new NodeReport(
          "1.0", Instant.parse("2026-11-22T10:00:00Z"), "a:1", null, true, 2, 3, 4, 5, 6);

  private static final Instant NOW = Instant.parse("2026-11-22T11:00:00Z");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void every_node_is_shown_by_what_it_says_or_by_its_silence() throws Exception {
    Nodes.start(vertx, peers("ready"), () -> Future.succeededFuture(REPORT)).await();
    Nodes.start(vertx, peers("stopping"), () -> Future.succeededFuture(stopping())).await();
    vertx.eventBus().<String>consumer("points.node.report.odd", it -> it.reply("no report"));
    vertx.eventBus().<String>consumer("points.node.report.hangs", it -> {}).completion().await();
    Nodes asking =
        Nodes.start(
                vertx,
                peers("self", "self", "ready", "stopping", "odd", "hangs", "new", "unresponsive"),
                () -> Future.succeededFuture(REPORT))
            .await();

    long begun = System.nanoTime();
    List<NodeStatus> nodes = asking.all().await(5, TimeUnit.SECONDS);

    assertThat(nodes)
        .containsExactly(
            new NodeStatus("stopping", State.NOT_READY, stopping(), null),
            new NodeStatus("ready", State.READY, REPORT, null),
            new NodeStatus("self", State.READY, REPORT, null),
            new NodeStatus("hangs", State.SILENT, null, null),
            NodeStatus.of(new GoneNode("killed", NOW, false, null), true),
            new NodeStatus("new", State.STARTING, null, null),
            new NodeStatus("odd", State.STARTING, null, null),
            new NodeStatus("unresponsive", State.SILENT, null, null));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void a_node_that_another_one_saw_go_is_shown_until_one_runs_at_its_address_again()
      throws Exception {
    var lost = new GoneNode("lost", NOW.minusSeconds(60), false, "c:1");
    var replaced = new GoneNode("replaced", NOW.minusSeconds(60), false, REPORT.address());
    var known = new JsonArray().add(lost.toJson()).add(replaced.toJson());
    vertx
        .eventBus()
        .<String>consumer(
            "points.node.report.other", it -> it.reply(REPORT.toJson().put("gone", known).encode()))
        .completion()
        .await();
    Nodes asking =
        Nodes.start(vertx, peers("self", "self", "other"), () -> Future.succeededFuture(REPORT))
            .await();

    assertThat(asking.all().await(5, TimeUnit.SECONDS))
        .extracting(it -> it.nodeId() + " " + it.state())
        .containsExactly("other READY", "self READY", "killed MISSING", "lost GONE");
  }

  @Test
  void a_report_of_another_release_is_understood() {
    String later = new JsonObject(REPORT.toJson().encode()).put("added", List.of(1)).encode();
    assertThat(NodeReport.decode(later)).isEqualTo(REPORT);

    NodeReport earlier = NodeReport.decode("{\"startedAt\":\"2026-11-22T10:00:00Z\"}");
    assertThat(earlier.version()).isEmpty();
    assertThat(earlier.notReady()).isNull();

    for (String text : List.of("", "[]", "{}", "{\"startedAt\":\"now\"}", "{\"nodes\":\"two\"}")) {
      assertThatThrownBy(() -> NodeReport.decode(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void those_who_ask_together_get_one_answer_and_a_failure_is_not_kept() {
    var asked = new AtomicInteger();
    Promise<Integer> slow = Promise.promise();
    var shared = new SharedAnswer<Integer>(vertx, Duration.ofHours(1));
    Supplier<Future<Integer>> work =
        () -> asked.incrementAndGet() == 1 ? slow.future() : Future.succeededFuture(2);
    Future<Integer> one = shared.get(work);
    Future<Integer> other = shared.get(work);
    assertThat(asked).hasValue(1);
    slow.fail("no answer");
    assertThatThrownBy(one::await).hasMessage("no answer");
    assertThatThrownBy(other::await).hasMessage("no answer");

    assertThat(shared.get(work).await()).isEqualTo(2);
    assertThat(shared.get(work).await()).isEqualTo(2);
    assertThat(asked).hasValue(2);
  }

  @Test
  void an_answer_is_made_anew_when_it_is_old() {
    var asked = new AtomicInteger();
    var shared = new SharedAnswer<Integer>(vertx, Duration.ZERO);
    Supplier<Future<Integer>> work = () -> Future.succeededFuture(asked.incrementAndGet());
    assertThat(shared.get(work).await()).isEqualTo(1);
    assertThat(shared.get(work).await()).isEqualTo(2);
  }

  private static NodeReport stopping() {
    return new NodeReport(
        "0.9", Instant.parse("2026-11-22T09:00:00Z"), "b:1", "stopping", false, 2, 0, 0, 5, 6);
  }

  /** A node's view of a cluster: all answer heartbeats but one, and one was killed. */
  private static Peers peers(String self, String... present) {
    return new SomePeers(self, Set.of(present));
  }

  private record SomePeers(String self, Set<String> present) implements Peers {
    private Peers alone() {
      return new NoOtherPeers(self);
    }

    @Override
    public boolean isResponsive(String node) {
      return !node.equals("unresponsive");
    }

    @Override
    public Set<String> missing() {
      return Set.of("killed");
    }

    @Override
    public boolean isAlone() {
      return false;
    }

    @Override
    public String ownerOf(String key) {
      return self;
    }

    @Override
    public long ownership() {
      return 0;
    }

    @Override
    public boolean takesCommands(String node) {
      return isResponsive(node);
    }

    @Override
    public void announce(boolean takesCommands) {
      alone().announce(takesCommands);
    }

    @Override
    public boolean isConverged() {
      return false;
    }

    @Override
    public Future<Void> announceUnpublished() {
      return alone().announceUnpublished();
    }

    @Override
    public void announcePublished() {
      alone().announcePublished();
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public void declareDead(String node) {
      alone().declareDead(node);
    }
  }
}
