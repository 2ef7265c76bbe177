package points.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import points.cluster.peer.Peers;
import points.gateway.node.NodeStatus.State;

/** The nodes of the cluster: each reports of itself when another asks it. */
public final class Nodes {

  private static final String ADDRESS = "points.node.report.";
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** After this a node counts as silent; its own look at the database takes half of it at most. */
  private static final long ANSWER_MS = 1_000;

  private static final Comparator<NodeStatus> OLDEST_FIRST =
      Comparator.comparing(
              (NodeStatus it) -> it.report() == null ? Instant.MAX : it.report().startedAt())
          .thenComparing(NodeStatus::nodeId);

  private final Vertx vertx;
  private final Peers peers;
  private final Supplier<Future<NodeReport>> own;
  private final SharedAnswer<List<NodeStatus>> all;

  private Nodes(Vertx vertx, Peers peers, Supplier<Future<NodeReport>> own) {
    this.vertx = vertx;
    this.peers = peers;
    this.own = own;
    this.all = new SharedAnswer<>(vertx, KEPT);
  }

  /**
   * Begins to answer the other nodes; ends with Vert.x.
   *
   * @param own makes this node's report, within half a second
   */
  public static Future<Nodes> start(Vertx vertx, Peers peers, Supplier<Future<NodeReport>> own) {
    var nodes = new Nodes(vertx, peers, own);
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
   * Returns every node of the cluster, the oldest first; those that do not report come last.
   * Completes within a little more than a second, whatever the others do.
   */
  public Future<List<NodeStatus>> all() {
    return all.get(this::askAll);
  }

  private Future<List<NodeStatus>> askAll() {
    List<Future<NodeStatus>> asked = peers.present().stream().map(this::ask).toList();
    return Future.all(asked)
        .map(
            answered -> {
              var nodes = new ArrayList<>(answered.<NodeStatus>list());
              peers.missing().stream()
                  .filter(id -> nodes.stream().noneMatch(it -> it.nodeId().equals(id)))
                  .forEach(id -> nodes.add(NodeStatus.without(id, State.MISSING)));
              nodes.sort(OLDEST_FIRST);
              return List.copyOf(nodes);
            });
  }

  private Future<NodeStatus> ask(String nodeId) {
    if (nodeId.equals(peers.self())) {
      return own.get().map(report -> NodeStatus.of(nodeId, report));
    }
    if (!peers.isResponsive(nodeId)) {
      return Future.succeededFuture(NodeStatus.without(nodeId, State.SILENT));
    }
    return vertx
        .eventBus()
        .<String>request(ADDRESS + nodeId, "", new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .map(answer -> NodeStatus.of(nodeId, NodeReport.decode(answer.body())))
        .otherwise(cause -> NodeStatus.without(nodeId, stateOf(cause)));
  }

  private static State stateOf(Throwable cause) {
    boolean hasNoReport =
        cause instanceof IllegalArgumentException
            || (cause instanceof ReplyException failure
                && failure.failureType() == ReplyFailure.NO_HANDLERS);
    return hasNoReport ? State.STARTING : State.SILENT;
  }

  private void answer(Message<String> question) {
    own.get()
        .onSuccess(report -> question.reply(report.encode()))
        .onFailure(cause -> question.fail(0, "no report"));
  }
}
