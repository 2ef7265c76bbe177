package points.gateway.node;

import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster, as another node sees it.
 *
 * @param nodeId new at each start of the node
 * @param report its own report; null when there is none
 */
public record NodeStatus(String nodeId, State state, @Nullable NodeReport report) {

  /** The state of a node. */
  public enum State {
    /** It takes requests. */
    READY("ready"),
    /** It answers, and says why it takes no requests. */
    NOT_READY("notReady"),
    /** It is in the cluster and answers, but does not report yet; or its release cannot. */
    STARTING("starting"),
    /** It is in the cluster and does not answer. */
    SILENT("silent"),
    /** It left the cluster without an announcement: it is dead, or cut off. */
    MISSING("missing");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** Returns the name in the API. */
    public String label() {
      return label;
    }
  }

  static NodeStatus of(String nodeId, NodeReport report) {
    State state = report.notReady() == null ? State.READY : State.NOT_READY;
    return new NodeStatus(nodeId, state, report);
  }

  static NodeStatus without(String nodeId, State state) {
    return new NodeStatus(nodeId, state, null);
  }
}
