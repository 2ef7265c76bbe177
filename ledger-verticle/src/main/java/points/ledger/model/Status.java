package points.ledger.model;

/** The status of a member, which says what it may do. */
public enum Status {
  ACTIVE,
  /** Neither earns nor spends. */
  FROZEN,
  /** Has left the program, for good. */
  CLOSED,
  /** Goes on as another member, for good. */
  MERGED
}
