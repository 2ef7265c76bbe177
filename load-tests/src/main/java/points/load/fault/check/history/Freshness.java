package points.load.fault.check.history;

/** Whose writes a read must show. */
public enum Freshness {
  /** Of nodes that form a cluster: those that any of them has acknowledged. */
  OF_THE_CLUSTER,
  /** Of nodes that only share a database: those that the node itself has written. */
  OF_THE_NODE
}
