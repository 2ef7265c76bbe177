package points.ledger.book;

/** Whether points that a refund takes back make room under the caps that counted them. */
public enum CapsReturn {
  /** Only in the period in which the order was paid. */
  SAME_PERIOD,
  ALWAYS,
  NEVER
}
