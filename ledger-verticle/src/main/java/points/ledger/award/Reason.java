package points.ledger.award;

/** The reason for which a promotion gives nothing, or less than it would. */
public enum Reason {
  /** Not at this time, or not at the member's birthday. */
  OUTSIDE_WINDOW,
  /** None of its goods are in the order. */
  EXCLUDED,
  BELOW_MINIMUM,
  /** Not in this store, or not through this channel. */
  NOT_IN_STORE,
  NOT_IN_GROUP,
  NOT_TIER,
  /** Another promotion counts in its stead. */
  LOST_TO,
  CAP,
  BUDGET,
  LIMIT,
  FROZEN,
  NOT_FIRST,
  /** The member is one of those that do not get it, so that its effect can be measured. */
  HELD_OUT
}
