package points.ledger.model;

/** Rules that hold for every entry of a kind; each {@link Entry.Kind} names its own. */
public enum EntryTrait {
  /** Enrols a member that is not there yet. */
  ENROLS,
  /** Enrols such a member where the program enrols at the first purchase. */
  ENROLS_BUYERS,
  /** Earns or spends: a frozen member is refused it. */
  STOPPED_BY_FREEZE,
  /** Sells something of an order, or pays for it. */
  SALE,
  /** Is undone by a reversal; other kinds are ended or undone in their own way. */
  REVERSIBLE,
  /** Goes to another member when it was booked on the wrong one. */
  MOVABLE,
  /** May leave work beyond its member once it is committed. */
  EFFECT,

  /** Adds what came in to the points earned in a lifetime, and what it was paid with to both. */
  COUNTS_AS_EARNED,
  /** Adds to the points spent in a lifetime. */
  COUNTS_AS_SPENT,
  /** Takes what it takes away from the points earned in a lifetime. */
  COUNTS_AGAINST_EARNED,
  /** Leaves it to its detail, how much of it was earned and spent. */
  COUNTS_BY_DETAIL
}
