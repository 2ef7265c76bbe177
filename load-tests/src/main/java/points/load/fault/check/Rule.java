package points.load.fault.check;

import java.util.List;
import java.util.function.BiConsumer;

/** What must hold of each member, whatever fails. */
public enum Rule {
  /** Whatever fails around it, the gateway has no fault of its own: no answer is a 500. */
  NO_ANSWER_IS_A_FAULT(Faults::check),
  /** An acknowledgement has exactly its entry. */
  ACKNOWLEDGED_IS_WRITTEN(Acknowledgements::check),
  /** A key has one entry at most, and so has each part of an order. */
  KEYS_ARE_USED_ONCE(Keys::check),
  /** No entry without a call that may have made it, and made it so. */
  WRITTEN_WAS_ASKED_FOR(Origins::check),
  /** Sequences have no gaps; entries, lots and sums agree with each other and the member's row. */
  BOOKS_ADD_UP(Sums::check),
  /** What was set aside ends once, wholly, and not after its time. */
  WHAT_IS_SET_ASIDE_ENDS(Endings::check),
  /** No more comes back of an order than it was; a reversal is the opposite of one entry. */
  WHAT_IS_UNDONE_WAS_DONE(Undoing::check),
  /** What goes out of one member comes into another or back, once. */
  TRANSFERS_ARRIVE_ONCE(Transfers::check),
  /** All that a merged member had comes into the one as whom it goes on, once. */
  MERGES_ARRIVE_ONCE(Merges::check),
  /** A sale that goes to another member leaves nothing behind, and stands with one of both. */
  MOVES_ARRIVE_ONCE(Moves::check),
  /** What a refund says of others of its order is done to each of them, once. */
  SHARES_COME_BACK_ONCE(Shares::check),
  /** Who is merged or closed has nothing any more, and never again. */
  WHO_ENDS_HAS_NOTHING(Departures::check),
  /** What is in a pool is spent by who shares it, and nobody else is told to. */
  SHARED_BY_WHO_SHARES(Sharing::check),
  /** A refund that came before its sale is applied or truly refused when that has come, once. */
  PARKED_REFUNDS_ARE_SETTLED(ParkedRefunds::check),
  /** A parked refund that was withdrawn is never applied. */
  WITHDRAWN_IS_NOT_APPLIED(Withdrawals::check),
  /** What was acknowledged before something else began comes before it. */
  REAL_TIME_ORDER(RealTime::check),
  /** A refusal leaves no entry and was true at some moment while its caller waited. */
  REFUSALS_ARE_TRUE(Refusals::check),
  /** The same key is answered with the same bytes. */
  REPLAYS_ARE_EQUAL(Replays::check),
  /** A balance is the one of its sequence, which PostgreSQL has. */
  READS_ARE_TRUE(Reads::checkTruth),
  /** A balance shows all that was acknowledged before it was asked for, or says it may not. */
  READS_ARE_FRESH(Reads::checkFreshness);

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final BiConsumer<MemberCase, Findings> check;

  Rule(BiConsumer<MemberCase, Findings> check) {
    this.check = check;
  }

  List<Violation> violations(MemberCase member) {
    Findings findings = new Findings(this);
    check.accept(member, findings);
    return findings.violations();
  }
}
