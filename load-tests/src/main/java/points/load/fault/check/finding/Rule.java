package points.load.fault.check.finding;

/** The rules that hold for every member, whatever fails around the gateways. */
public enum Rule {
  /** No answer is a 500: the gateway may be unable to do something, but it never fails. */
  NO_SERVER_ERRORS,
  /** An acknowledged change has its entry, and the answer states what that entry did. */
  ACKNOWLEDGED_CHANGES_ARE_WRITTEN,
  /** A key has at most one entry, and so has each part of an order. */
  KEYS_ARE_USED_ONCE,
  /** Every entry has a call that may have made it, and does what that call asked for. */
  ENTRIES_WERE_REQUESTED,
  /** Sequences have no gaps, and entries, lots and sums agree with the member's row. */
  ENTRIES_ADD_UP,
  /** A consumer of the feed gets every entry once, a member's in their order, and nothing else. */
  EVENTS_ARE_THE_ENTRIES,
  /** A reservation ends once, completely, and not after its time. */
  RESERVATIONS_END_ONCE,
  /** Refunds return what is due and no more; a reversal is the opposite of one entry. */
  REFUNDS_AND_REVERSALS_ARE_DUE,
  /** Orders earn by the rule book in force when they were paid, and change counters as it says. */
  RATINGS_ARE_DUE,
  /** Budgets issue exactly their limit, and no order is cut while points are left. */
  BUDGETS_END_AT_THEIR_LIMIT,
  /** Points that one member sends are received by another or returned, once. */
  TRANSFERS_ARRIVE_ONCE,
  /** All that a merged member had is received by the other, once. */
  MERGES_ARRIVE_ONCE,
  /** A moved sale leaves nothing behind, and is booked on one of both members. */
  MOVES_ARRIVE_ONCE,
  /** The shares of other members in a refund are carried out, once each. */
  REFUND_SHARES_ARRIVE_ONCE,
  /** A merged or closed member has nothing, and gets no more entries. */
  ENDED_MEMBERS_HAVE_NOTHING,
  /** Only its members use a pool, and any member may join it. */
  POOLS_ARE_USED_BY_THEIR_MEMBERS,
  /** A refund that arrived before its sale is applied, or truly refused, once the sale is there. */
  PARKED_REFUNDS_ARE_APPLIED,
  /** A withdrawn refund is never applied. */
  WITHDRAWN_REFUNDS_ARE_NOT_APPLIED,
  /** A change that was acknowledged before another began has the lower sequence. */
  REAL_TIME_ORDER,
  /** A refusal leaves no entry, and was true at some moment while its caller waited. */
  REFUSALS_ARE_TRUE,
  /** The same key is answered with the same bytes. */
  REPLAYS_ARE_EQUAL,
  /** A balance shows a state that PostgreSQL has. */
  READS_ARE_TRUE,
  /** A balance shows everything that was acknowledged before, or is marked stale. */
  READS_ARE_FRESH
}
