package points.ledger.model;

/** How a refund says what comes back. */
public enum RefundedBy {
  /** By its lines, or all that is left of all of them. */
  LINES,
  /** By money that belongs to no line. */
  AMOUNT,
  /** By points, where there is no money in the sale. */
  POINTS
}
