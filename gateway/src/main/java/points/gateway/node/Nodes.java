package points.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import points.cluster.peer.Peers;
import points.gateway.node.NodeStatus.State;

/**
 * The nodes of the cluster: each reports of itself when another asks it.
 *
 * <p>Its report names the nodes that it has seen go, too, for one that came later.
 */
public final class Nodes {

  private static final String ADDRESS = "points.node.report.";
  private static final String GONE = "gone";
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** After this a node counts as silent; its own look at the database takes half of it at most. */
  private static final long ANSWER_MS = 1_000;

  /** A node that is declared dead was missing for longer than this. */
  private static final long LOOK_MS = 1_000;

  private static final Comparator<NodeStatus> OLDEST_FIRST =
      Comparator.comparing(
              (NodeStatus it) -> it.report() == null ? Instant.MAX : it.report().startedAt())
          .thenComparing(NodeStatus::nodeId);

  private final Vertx vertx;
  private final Peers peers;
  private final Supplier<Future<NodeReport>> own;
  private final GoneNodes goneNodes;
  private final SharedAnswer<List<NodeStatus>> all;

  private Nodes(Vertx vertx, Peers peers, Supplier<Future<NodeReport>> own) {
    this.vertx = vertx;
    this.peers = peers;
    this.own = own;
    this.goneNodes = new GoneNodes(peers);
    this.all = new SharedAnswer<>(vertx, KEPT);
  }

  /**
   * Begins to answer the other nodes; ends with Vert.x.
   *
   * @param own makes this node's report, within half a second
   */
  public static Future<Nodes> start(Vertx vertx, Peers peers, Supplier<Future<NodeReport>> own) {
    var nodes = new Nodes(vertx, peers, own);
    nodes.goneNodes.look();
    vertx.setPeriodic(LOOK_MS, timer -> nodes.look());
    return vertx
        .eventBus()
        .<String>consumer(ADDRESS + peers.self(), nodes::answer)
        .completion()
        .map(nodes);
  }

  /** Returns this node's id. */
  public String self() {
    return peers.self();
  }

  /**
   * Returns every node of the cluster, and those that went within the last hour.
   *
   * <p>The oldest come first, those that do not report last. Completes within a little more than a
   * second, whatever the others do.
   */
  public Future<List<NodeStatus>> all() {
    return all.get(this::askAll);
  }

  /** Notes who came and went, and asks those that came where they run. */
  private void look() {
    goneNodes.look();
    goneNodes.unknown().forEach(this::ask);
  }

  private Future<List<NodeStatus>> askAll() {
    goneNodes.look();
    List<Future<Heard>> asked = peers.present().stream().map(this::ask).toList();
    return Future.all(asked).map(answered -> seen(answered.list()));
  }

  private List<NodeStatus> seen(List<Heard> heard) {
    var nodes = new ArrayList<NodeStatus>();
    var gone = new HashMap<String, GoneNode>();
    for (Heard each : heard) {
      nodes.add(each.status());
      each.gone().forEach(it -> gone.merge(it.nodeId(), it, GoneNode::and));
    }
    goneNodes.gone().forEach(it -> gone.merge(it.nodeId(), it, GoneNode::and));
    for (Heard each : heard) {
      NodeReport report = each.status().report();
      gone.remove(each.status().nodeId());
      gone.values().removeIf(it -> report != null && report.address().equals(it.address()));
    }
    Set<String> missing = peers.missing();
    gone.values().stream()
        .sorted(Comparator.comparing(GoneNode::since).reversed())
        .limit(GoneNodes.KEPT_MAX)
        .forEach(it -> nodes.add(NodeStatus.of(it, missing.contains(it.nodeId()))));
    nodes.sort(OLDEST_FIRST);
    return List.copyOf(nodes);
  }

  private Future<Heard> ask(String nodeId) {
    if (nodeId.equals(peers.self())) {
      return own.get().map(report -> heard(nodeId, report, List.of()));
    }
    if (!peers.isResponsive(nodeId)) {
      return Future.succeededFuture(Heard.without(nodeId, State.SILENT));
    }
    return vertx
        .eventBus()
        .<String>request(ADDRESS + nodeId, "", new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .map(answer -> heard(nodeId, NodeReport.decode(answer.body()), goneIn(answer.body())))
        .otherwise(cause -> Heard.without(nodeId, stateOf(cause)));
  }

  private Heard heard(String nodeId, NodeReport report, List<GoneNode> gone) {
    goneNodes.isAt(nodeId, report.address());
    return new Heard(NodeStatus.of(nodeId, report), gone);
  }

  private static List<GoneNode> goneIn(String answer) {
    return new JsonObject(answer)
        .getJsonArray(GONE, new JsonArray()).stream()
            .limit(GoneNodes.KEPT_MAX)
            .map(it -> GoneNode.of((JsonObject) it))
            .toList();
  }

  private static State stateOf(Throwable cause) {
    boolean hasNoReport =
        cause instanceof IllegalArgumentException
            || cause instanceof ClassCastException
            || (cause instanceof ReplyException failure
                && failure.failureType() == ReplyFailure.NO_HANDLERS);
    return hasNoReport ? State.STARTING : State.SILENT;
  }

  private void answer(Message<String> question) {
    own.get()
        .onSuccess(report -> question.reply(withGone(report).encode()))
        .onFailure(cause -> question.fail(0, "no report"));
  }

  /** Adds what a node of the release before skips. */
  private JsonObject withGone(NodeReport report) {
    var gone = new JsonArray();
    goneNodes.gone().forEach(it -> gone.add(it.toJson()));
    return report.toJson().put(GONE, gone);
  }

  /** Answer of a node: how it is, and the nodes that it has seen go. */
  private record Heard(NodeStatus status, List<GoneNode> gone) {
    static Heard without(String nodeId, State state) {
      return new Heard(NodeStatus.without(nodeId, state), List.of());
    }
  }
}
