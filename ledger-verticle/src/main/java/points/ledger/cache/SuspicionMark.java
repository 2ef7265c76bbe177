package points.ledger.cache;

/**
 * Number of the newest suspicion when a read or a publication of states began.
 *
 * <p>A state that began to be read before a suspicion does not end it. Example: a lane begins to
 * read member M at mark 5. Before PostgreSQL answers, another batch with M is lost, which is
 * suspicion 6. The state that arrives then may lack that batch, so M stays suspect until a state
 * arrives whose read began at mark 6 or later.
 */
record SuspicionMark(long number) {

  /** Is before any suspicion, so that it ends none. */
  static final SuspicionMark BEFORE_ALL = new SuspicionMark(0);

  boolean isAfter(SuspicionMark other) {
    return number > other.number;
  }
}
