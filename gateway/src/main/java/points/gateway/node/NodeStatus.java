package points.gateway.node;

import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster, as another node sees it.
 *
 * @param nodeId new at each start of the node
 * @param report its own report; null when there is none
 * @param gone when and how it went; null while it is in the cluster
 */
public record NodeStatus(
    String nodeId, State state, @Nullable NodeReport report, @Nullable GoneNode gone) {

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
    MISSING("missing"),
    /** It left so a while ago, and counts as dead. */
    GONE("gone"),
    /** It was stopped: it had announced that it leaves. */
    STOPPED("stopped");

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
    return new NodeStatus(nodeId, state, report, null);
  }

  static NodeStatus without(String nodeId, State state) {
    return new NodeStatus(nodeId, state, null, null);
  }

  /**
   * Returns the status of a node that is not in the cluster.
   *
   * @param isMissing whether the cluster still waits until its end is certain
   */
  static NodeStatus of(GoneNode gone, boolean isMissing) {
    State state = gone.announced() ? State.STOPPED : State.GONE;
    return new NodeStatus(gone.nodeId(), isMissing ? State.MISSING : state, null, gone);
  }
}
