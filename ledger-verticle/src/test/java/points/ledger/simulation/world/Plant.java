package points.ledger.simulation.world;

/** A fault put into the model on purpose, which the checks have to find. */
public enum Plant {
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
  OUTDATED_REFUSAL_CONFIRMED,
  /** The outbox delivers each move twice, and the second step is not known by its key or order. */
  MOVE_APPLIED_TWICE,
  /** A refund that was withdrawn is taken for one that waits. */
  WITHDRAWN_APPLIED,
  /** The outbox has no row for the shares of other members in a refund. */
  SHARE_LOST,
  /** What a store's key left when it was still the program's is not looked for. */
  SHARED_KEYS_FORGOTTEN,
  /** Nobody hears that a node has committed what the others cannot see. */
  NOBODY_WARNED,
}
