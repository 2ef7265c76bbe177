package points.ledger.model;

/** The way in which a refund names the parts that come back. */
public enum RefundedBy {
  /** By its lines, or all that is left of all of them. */
  LINES,
  /** By money that belongs to no line. */
  AMOUNT,
  /** By points, where there is no money in the sale. */
  POINTS
}
