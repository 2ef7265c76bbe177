package points.load.fault.check.history;

/** The writes that a read must show. */
public enum Freshness {
  /** In a cluster: the writes that any node has acknowledged. */
  OF_THE_CLUSTER,
  /** With nodes that share only a database: the writes of the node that is read. */
  OF_THE_NODE
}
