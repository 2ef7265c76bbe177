package points.ledger.simulation;

/** A fault put into the model on purpose, which the checks have to find. */
enum Plant {
  NONE,
  /** A batch is acknowledged before it is committed. */
  ACKNOWLEDGED_BEFORE_COMMIT,
  /**
   * A member is written whatever its sequence. The primary key of the entries and their trigger,
   * which would refuse it as well, are gone too.
   */
  NO_SEQUENCE_TEST,
  /** A request that has an entry is not looked for, and no index refuses it. */
  NO_KEY_CHECK,
  /** A refusal is confirmed whatever the member's sequence. */
  STALE_REFUSAL_CONFIRMED,
  /** Nobody hears that a node has committed what the others cannot see. */
  NOBODY_WARNED,
}
