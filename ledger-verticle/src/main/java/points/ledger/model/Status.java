package points.ledger.model;

/** What a member may do. */
public enum Status {
  ACTIVE,
  /** Neither earns nor spends. */
  FROZEN,
  /** Has left the program, for good. */
  CLOSED,
  /** Goes on as another member, for good. */
  MERGED
}
