package points.ledger.domain;

/** Whether a member may earn and spend. */
public enum Status {
  ACTIVE,
  FROZEN
}
