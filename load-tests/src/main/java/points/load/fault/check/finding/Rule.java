package points.load.fault.check.finding;

/** What must hold of each member, whatever fails. */
public enum Rule {
  /** Whatever fails around it, the gateway has no fault of its own: no answer is a 500. */
  NO_ANSWER_IS_A_FAULT,
  /** An acknowledgement has exactly its entry. */
  ACKNOWLEDGED_IS_WRITTEN,
  /** A key has one entry at most, and so has each part of an order. */
  KEYS_ARE_USED_ONCE,
  /** No entry without a call that may have made it, and made it so. */
  WRITTEN_WAS_ASKED_FOR,
  /** Sequences have no gaps; entries, lots and sums agree with each other and the member's row. */
  BOOKS_ADD_UP,
  /** What was set aside ends once, wholly, and not after its time. */
  WHAT_IS_SET_ASIDE_ENDS,
  /** No more comes back of an order than it was; a reversal is the opposite of one entry. */
  WHAT_IS_UNDONE_WAS_DONE,
  /** What goes out of one member comes into another or back, once. */
  TRANSFERS_ARRIVE_ONCE,
  /** All that a merged member had comes into the one as whom it goes on, once. */
  MERGES_ARRIVE_ONCE,
  /** A sale that goes to another member leaves nothing behind, and stands with one of both. */
  MOVES_ARRIVE_ONCE,
  /** What a refund says of others of its order is done to each of them, once. */
  SHARES_COME_BACK_ONCE,
  /** Who is merged or closed has nothing any more, and never again. */
  WHO_ENDS_HAS_NOTHING,
  /** What is in a pool is spent by who shares it, and nobody else is told to. */
  SHARED_BY_WHO_SHARES,
  /** A refund that came before its sale is applied or truly refused when that has come, once. */
  PARKED_REFUNDS_ARE_SETTLED,
  /** A parked refund that was withdrawn is never applied. */
  WITHDRAWN_IS_NOT_APPLIED,
  /** What was acknowledged before something else began comes before it. */
  REAL_TIME_ORDER,
  /** A refusal leaves no entry and was true at some moment while its caller waited. */
  REFUSALS_ARE_TRUE,
  /** The same key is answered with the same bytes. */
  REPLAYS_ARE_EQUAL,
  /** A balance is the one of its sequence, which PostgreSQL has. */
  READS_ARE_TRUE,
  /** A balance shows all that was acknowledged before it was asked for, or says it may not. */
  READS_ARE_FRESH
}
